import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/expect.js";
import { abstractTensor, randn, tensor, zeros } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import { clip } from "./op.js";
import { maximum } from "../maximum/op.js";
import { minimum } from "../minimum/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-5, -1, 0, 0.5, 7, NaN, -Infinity], { dtype: "float64" });
  // np.clip(x, -1, 2), np.clip(x, None, 0), np.clip(x, 1, -1)
  expectClose(clip(x, -1, 2), [-1, -1, 0, 0.5, 2, NaN, -1]);
  expectClose(clip(x, undefined, 0), [-5, -1, 0, 0, 0, NaN, -Infinity]);
  expectClose(clip(x, 1, -1), [-1, -1, -1, -1, -1, NaN, -1]);
});

test("is minimum of maximum", () => {
  const x = randn([50], { seed: 1 });
  expect(clip(x, -0.5, 0.5).toArray()).toEqual(minimum(maximum(x, -0.5), 0.5).toArray());
});

test("keeps integers within fractional bounds, 64-bit ones exactly", () => {
  expect(clip(tensor([-3, 0, 3], { dtype: "int32" }), -1.5, 2.5).toArray()).toEqual([-1, 0, 2]);
  expect(clip(tensor([2n ** 60n + 1n, -4n]), -1.5).toArray()).toEqual([2n ** 60n + 1n, -1]);
});

test("an integer dtype must hold the bounds that are out of reach", () => {
  // prettier-ignore
  const cases: [DType, number, number, string][] = [
    ["uint8", -3, -1, "high -1"], ["uint8", 256, 300, "low 256"], ["int32", 1e10, Infinity, "low 10000000000"],
    ["int64", Infinity, Infinity, "low Infinity"], ["int64", -Infinity, -1e19, "high -10000000000000000000"],
    ["int32", NaN, 1, "low NaN"],
  ];
  for (const [dtype, low, high, bound] of cases) {
    expect(() => clip(zeros([1], { dtype }), low, high)).toThrow(
      `clip: no ${dtype} lies within the bound ${bound}`,
    );
  }
  expect(clip(tensor([-9, 9], { dtype: "int32" }), -Infinity, 1e10).toArray()).toEqual([-9, 9]);
});

test("costs 1 FLOP per element and bound", () => {
  const x = abstractTensor([32, 512]);
  expect(priceOf(() => clip(x, 0, 1)).flops).toBe(2 * 32 * 512);
  expect(priceOf(() => clip(x, 0)).flops).toBe(32 * 512);
});
