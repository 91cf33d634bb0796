import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { rsqrt } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([0, 0.25, 2, 100, Infinity, -1, NaN], { dtype: "float64" });
  // 1 / np.sqrt(x)
  expectClose(rsqrt(x), [Infinity, 2, 0.7071067811865475, 0.1, 0, NaN, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => rsqrt(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("makes float32 of integers", () => {
  expect(rsqrt(tensor([4, 16], { dtype: "int32" })).dtype).toBe("float32");
});
