import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { std } from "./op.js";

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
  // np.std(x, axis=-1)
  expectClose(
    std(x, -1),
    [
      [2.3213980461973533, 5.734883511361751],
      [4.546060565661952, 5.715476066494082],
    ],
    1e-14,
  );
  // np.std(x, axis=1, keepdims=True)
  expectClose(std(x, 1, true), [[[1, 2, 2.25]], [[0.5, 0.5, 1.5]]], 1e-14);
  // np.std(x, axis=(0, 2))
  expectClose(std(x, [0, 2]), [3.656235161413384, 5.785518319236594], 1e-14);
  // np.std(x)
  expectClose(std(x), 4.853943127900129, 1e-14);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => std(x, -1))).toEqual({
    flops: 4 * 32 * 512 * 768 + 3 * 32 * 512,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("divides by n − correction", () => {
  const x = tensor([1, 2, 4, 8], { dtype: "float64" });
  // np.std(x, ddof=1), np.std(x[:1], ddof=1)
  expectClose(std(x, 0, false, { correction: 1 }), 3.095695936834452);
  expect(std(tensor([3]), 0, false, { correction: 1 }).item()).toBe(NaN);
});

test("is NaN of nothing", () => {
  expect(std(zeros([0])).item()).toBe(NaN);
});

test("survives a large mean", () => {
  const x = tensor([1e9 + 1, 1e9 + 2, 1e9 + 3], { dtype: "float64" });
  expectClose(std(x), 0.816496580927726);
});

test("takes an axis by name and refuses one that is not there", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(String(std(x, "n").dims)).toBe("B,768");
  expect(() => std(x, 3)).toThrow("std: axis 3 is out of range for [B, n, 768]; its axes are -3 to 2");
  expect(() => std(x, [1, -2])).toThrow("std: axis -2 of [B, n, 768] is given twice");
});
