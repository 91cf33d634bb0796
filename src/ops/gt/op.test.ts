import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { gt } from "./op.js";
import { le } from "../le/op.js";
import { logicalNot } from "../logicalNot/op.js";

// a > b
testComparison(gt, [false, false, false, false, false, false, true, false], [false, false]);

test("is the opposite of le where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(gt(a, b).toArray()).toEqual(logicalNot(le(a, b)).toArray());
});
