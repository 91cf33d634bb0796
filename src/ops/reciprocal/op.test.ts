import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { reciprocal } from "./op.js";

// 1 / x
testUnary(reciprocal, [-0.3333333333333333, -0.6666666666666666, -2, -Infinity, 4, 1, 0.4, 0.1, 0, -0, NaN]);

test("undoes itself on powers of two", () => {
  const x = tensor([0.25, 2, -1024]);
  expect(reciprocal(reciprocal(x)).toArray()).toEqual(x.toArray());
});
