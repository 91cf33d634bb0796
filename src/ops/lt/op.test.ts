import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { lt } from "./op.js";
import { ge } from "../ge/op.js";
import { logicalNot } from "../logicalNot/op.js";

// a < b
testComparison(lt, [true, true, false, true, false, false, false, false], [true, false]);

test("is the opposite of ge where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(lt(a, b).toArray()).toEqual(logicalNot(ge(a, b)).toArray());
});
