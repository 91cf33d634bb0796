import { expect, test } from "vitest";
import { testComparison } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { ge } from "./op.js";
import { logicalNot } from "../logicalNot/op.js";
import { lt } from "../lt/op.js";

// a >= b
testComparison(ge, [false, false, true, false, true, false, true, true], [false, true]);

test("is the opposite of lt where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(ge(a, b).toArray()).toEqual(logicalNot(lt(a, b)).toArray());
});
