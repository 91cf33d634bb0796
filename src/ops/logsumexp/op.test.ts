import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { logsumexp } from "./op.js";

test("agrees with NumPy over one axis, several and all", () => {
  const x = tensor(
    [
      [
        [3, -1, 4.5],
        [1, -5, 9],
      ],
      [
        [2, 6, -5],
        [3, 5, -8],
      ],
    ],
    { dtype: "float64" },
  );
  // scipy.special.logsumexp(x, axis=-1)
  expectClose(
    logsumexp(x, -1),
    [
      [4.704748948461113, 9.000336237622417],
      [6.018166329083803, 5.126930001932528],
    ],
    1e-14,
  );
  // scipy.special.logsumexp(x, axis=1, keepdims=True)
  expectClose(
    logsumexp(x, 1, true),
    [
      [[3.1269280110429722, -0.9818500720821902, 9.011047744848593]],
      [[3.3132616875182226, 6.313261687518223, -4.951412648426258]],
    ],
    1e-14,
  );
  // scipy.special.logsumexp(x, axis=(0, 2))
  expectClose(logsumexp(x, [0, 2]), [6.256316359682839, 9.020910568813417], 1e-14);
  // scipy.special.logsumexp(x)
  expectClose(logsumexp(x), 9.082007229470074, 1e-14);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => logsumexp(x, -1))).toEqual({
    flops: 4 * 32 * 512 * 768 + 2 * 32 * 512,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("of nothing is -Infinity", () => {
  expect(logsumexp(zeros([0])).item()).toBe(-Infinity);
  expect(logsumexp(zeros([2, 0]), 1).toArray()).toEqual([-Infinity, -Infinity]);
  expect(logsumexp(zeros([0, 2]), 1).shape).toEqual([0]);
});

test("does not overflow, and keeps infinities", () => {
  // scipy.special.logsumexp([[1000, 1000], [-1000, -1001], [-inf, -inf], [inf, 0]], axis=1)
  const x = tensor(
    [
      [1000, 1000],
      [-1000, -1001],
      [-Infinity, -Infinity],
      [Infinity, 0],
    ],
    { dtype: "float64" },
  );
  expectClose(logsumexp(x, 1), [1000.6931471805599, -999.6867383124818, -Infinity, Infinity]);
});
