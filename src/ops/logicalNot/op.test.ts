import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { logicalNot } from "./op.js";

// np.logical_not(x)
testUnary(logicalNot, [false, false, false, true, false, false, false, false, false, false, false], {
  resultBytes: 1,
});

test("undoes itself on bool", () => {
  const x = tensor([true, false]);
  expect(logicalNot(logicalNot(x)).toArray()).toEqual(x.toArray());
});
