import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { square } from "./op.js";

// np.square(x)
testUnary(square, [9, 2.25, 0.25, 0, 0.0625, 1, 6.25, 100, Infinity, Infinity, NaN]);

test("wraps integers at their width, as NumPy", () => {
  // np.square(np.array([65537, -46341], np.int32))
  expect(square(tensor([65537, -46341], { dtype: "int32" })).toArray()).toEqual([131073, -2147479015]);
  // np.square(np.array([2**33 + 1], np.int64))
  expect(square(tensor([2n ** 33n + 1n])).toArray()).toEqual([17179869185]);
});
