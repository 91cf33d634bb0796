import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { maximum } from "./op.js";

// np.maximum(a, b)
testBinary(maximum, [2, -0.5, 0, 4, 3.5, NaN, Infinity, -Infinity]);

test("keeps 64-bit integers exact", () => {
  expect(maximum(tensor([2n ** 60n]), tensor([2n ** 60n + 1n])).toArray()).toEqual([2n ** 60n + 1n]);
});

test("is idempotent, and NaN on either side wins", () => {
  const x = randn([20], { seed: 3 });
  expect(maximum(x, x).toArray()).toEqual(x.toArray());
  expect(maximum(tensor([1, NaN]), tensor([NaN, 1])).toArray()).toEqual([NaN, NaN]);
});
