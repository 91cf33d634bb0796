import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { isnan } from "./op.js";

// np.isnan(x)
testUnary(isnan, [false, false, false, false, false, false, false, false, false, false, true], {
  resultBytes: 1,
});

test("sees no such values in integers", () => {
  expect(isnan(tensor([0, 7], { dtype: "int32" })).toArray()).toEqual([false, false]);
});
