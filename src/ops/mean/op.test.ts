import { expect, test } from "vitest";
import { testNothing, testReduction } from "../../../test/families/reduction.js";
import { tensor } from "../../tensor/create.js";
import { mean } from "./op.js";

// np.mean(x, axis)
testReduction(mean, {
  last: [
    [2.1666666666666665, 1.6666666666666667],
    [1, 0],
  ],
  middle: [[[2, -3, 6.75]], [[2.5, 5.5, -6.5]]],
  outer: [1.5833333333333333, 0.8333333333333334],
  all: 1.2083333333333333,
  perResult: 1,
});

testNothing(mean, NaN);

test("of integers is float32", () => {
  expect(mean(tensor([1, 2], { dtype: "int32" })).toString()).toBe("tensor(1.5, float32)");
});
