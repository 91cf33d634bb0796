import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { div } from "./op.js";

// a / b
testBinary(div, [-3.5, 5, NaN, 0.25, 1, NaN, Infinity, NaN]);

test("of integers is float32", () => {
  const y = div(tensor([1, -7, 0], { dtype: "int32" }), tensor([3, 2, 0], { dtype: "int32" }));
  expect(y.dtype).toBe("float32");
  expect(y.toArray()).toEqual([Math.fround(1 / 3), -3.5, NaN]);
});
