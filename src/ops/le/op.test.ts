import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { le } from "./op.js";
import { gt } from "../gt/op.js";
import { logicalNot } from "../logicalNot/op.js";

// a <= b
testComparison(le, [true, true, true, true, true, false, false, true], [true, true]);

test("is the opposite of gt where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(le(a, b).toArray()).toEqual(logicalNot(gt(a, b)).toArray());
});
