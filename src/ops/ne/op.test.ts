import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { ne } from "./op.js";
import { eq } from "../eq/op.js";
import { logicalNot } from "../logicalNot/op.js";

// a != b
testComparison(ne, [true, true, false, true, false, true, true, false], [true, false]);

test("is the opposite of eq where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(ne(a, b).toArray()).toEqual(logicalNot(eq(a, b)).toArray());
});
