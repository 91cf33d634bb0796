import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/expect.js";
import { abstractTensor, arange, tensor } from "../../tensor/create.js";
import { cumsum } from "./op.js";
import { flip } from "../flip/op.js";
import { select } from "../select/op.js";
import { sum } from "../sum/op.js";

test("agrees with NumPy along every axis", () => {
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
  // np.cumsum(x, axis=0), np.cumsum(x, axis=1), np.cumsum(x, axis=-1)
  expectClose(cumsum(x, 0), [
    [
      [3, -1, 4.5],
      [1, -5, 9],
    ],
    [
      [5, 5, -0.5],
      [4, 0, 1],
    ],
  ]);
  expectClose(cumsum(x, 1), [
    [
      [3, -1, 4.5],
      [4, -6, 13.5],
    ],
    [
      [2, 6, -5],
      [5, 11, -13],
    ],
  ]);
  expectClose(cumsum(x), [
    [
      [3, 2, 6.5],
      [1, -4, 5],
    ],
    [
      [2, 8, 3],
      [3, 8, 0],
    ],
  ]);
});

test("ends with the sum", () => {
  const x = arange(24, undefined, 1, { dtype: "int64" });
  expect(select(cumsum(x), 0, -1).toArray()).toEqual(sum(x).toArray());
  expect(select(cumsum(flip(x)), 0, 0).toArray()).toBe(23);
});

test("of 64-bit integers is exact", () => {
  expect(cumsum(tensor([2n ** 60n, 1n])).toArray()).toEqual([2n ** 60n, 2n ** 60n + 1n]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => cumsum(abstractTensor([32, 512])))).toEqual({
    flops: 32 * 512,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512,
    bytesWritten: 4 * 32 * 512,
  });
});
