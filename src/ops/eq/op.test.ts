import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { eq } from "./op.js";
import { logicalNot } from "../logicalNot/op.js";
import { ne } from "../ne/op.js";

// a == b
testComparison(eq, [false, false, true, false, true, false, false, true], [false, true]);

test("is the opposite of ne where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(eq(a, b).toArray()).toEqual(logicalNot(ne(a, b)).toArray());
});
