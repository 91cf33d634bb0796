import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { isfinite } from "./op.js";

// np.isfinite(x)
testUnary(isfinite, [true, true, true, true, true, true, true, true, false, false, false], {
  resultBytes: 1,
});

test("sees no such values in integers", () => {
  expect(isfinite(tensor([0, 7], { dtype: "int32" })).toArray()).toEqual([true, true]);
});
