import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { minimum } from "./op.js";

// np.minimum(a, b)
testBinary(minimum, [-7, -2.5, 0, 1, 3.5, NaN, 2, -Infinity]);

test("keeps 64-bit integers exact", () => {
  expect(minimum(tensor([2n ** 60n]), tensor([2n ** 60n + 1n])).toArray()).toEqual([2n ** 60n]);
});

test("is idempotent, and NaN on either side wins", () => {
  const x = randn([20], { seed: 3 });
  expect(minimum(x, x).toArray()).toEqual(x.toArray());
  expect(minimum(tensor([1, NaN]), tensor([NaN, 1])).toArray()).toEqual([NaN, NaN]);
});
