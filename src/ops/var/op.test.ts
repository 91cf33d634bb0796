import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { variance } from "./op.js";

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
  // np.var(x, axis=-1)
  expectClose(
    variance(x, -1),
    [
      [5.388888888888889, 32.888888888888886],
      [20.666666666666668, 32.666666666666664],
    ],
    1e-14,
  );
  // np.var(x, axis=1, keepdims=True)
  expectClose(variance(x, 1, true), [[[1, 4, 5.0625]], [[0.25, 0.25, 2.25]]], 1e-14);
  // np.var(x, axis=(0, 2))
  expectClose(variance(x, [0, 2]), [13.368055555555555, 33.47222222222222], 1e-14);
  // np.var(x)
  expectClose(variance(x), 23.56076388888889, 1e-14);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => variance(x, -1))).toEqual({
    flops: 4 * 32 * 512 * 768 + 2 * 32 * 512,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("divides by n − correction", () => {
  const x = tensor([1, 2, 4, 8], { dtype: "float64" });
  // np.var(x, ddof=1), np.var(x[:1], ddof=1)
  expectClose(variance(x, 0, false, { correction: 1 }), 9.583333333333334);
  expect(variance(tensor([3]), 0, false, { correction: 1 }).item()).toBe(NaN);
});

test("is NaN of nothing", () => {
  expect(variance(zeros([0])).item()).toBe(NaN);
});

test("survives a large mean", () => {
  const x = tensor([1e9 + 1, 1e9 + 2, 1e9 + 3], { dtype: "float64" });
  expectClose(variance(x), 0.6666666666666666);
});

test("takes an axis by name and refuses one that is not there", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(String(variance(x, "n").dims)).toBe("B,768");
  expect(() => variance(x, 3)).toThrow("var: axis 3 is out of range for [B, n, 768]; its axes are -3 to 2");
  expect(() => variance(x, [1, -2])).toThrow("var: axis -2 of [B, n, 768] is given twice");
});
