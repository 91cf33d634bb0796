import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { cast } from "./op.js";

test("of the same dtype is the tensor itself", () => {
  const x = ones([2]);
  expect(cast(x, "float32")).toBe(x);
});

test("truncates floats to integers and wraps integers, as NumPy", () => {
  // np.array([2.7, -2.7, 0.5]).astype(np.int32)
  expect(cast(tensor([2.7, -2.7, 0.5]), "int32").toArray()).toEqual([2, -2, 0]);
  expect(cast(tensor([2.7, -2.7, NaN]), "int64").toArray()).toEqual([2, -2, 0]);
  // np.array([2**40 + 7, -1, 2**60 + 1]).astype(np.int32), .astype(np.uint8)
  const wide = tensor([2n ** 40n + 7n, -1n, 2n ** 60n + 1n]);
  expect(cast(wide, "int32").toArray()).toEqual([7, -1, 1]);
  expect(cast(wide, "uint8").toArray()).toEqual([7, 255, 1]);
  expect(cast(cast(wide, "int32"), "int64").dtype).toBe("int64");
});

test("makes everything but zero true, NaN too", () => {
  expect(cast(tensor([0, -0, 0.1, NaN]), "bool").toArray()).toEqual([false, false, true, true]);
  expect(cast(tensor([0n, 2n ** 60n]), "bool").toArray()).toEqual([false, true]);
});

test("rounds to the nearest half, ties to even", () => {
  // np.array([1/3, 65504, 65520, 2049, 1e-8]).astype(np.float16).astype(float)
  expect(cast(tensor([1 / 3, 65504, 65520, 2049, 1e-8], { dtype: "float64" }), "float16").toArray()).toEqual([
    0.333251953125,
    65504,
    Infinity,
    2048,
    0,
  ]);
});

test("refuses an unknown dtype", () => {
  expect(() => cast(ones([1]), "float8" as "float32")).toThrow("unknown dtype 'float8'");
});

test("moves bytes and computes nothing", () => {
  expect(priceOf(() => cast(abstractTensor([32, 768]), "float16"))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 768,
    bytesWritten: 2 * 32 * 768,
  });
});
