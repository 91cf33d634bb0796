import { expect, test } from "vitest";
import { testNothing, testReduction } from "../../../test/families/reduction.js";
import { tensor } from "../../tensor/create.js";
import { prod } from "./op.js";

// np.prod(x, axis)
testReduction(prod, {
  last: [
    [-13.5, -45],
    [-60, -120],
  ],
  middle: [[[3, 5, 40.5]], [[6, 30, 40]]],
  outer: [810, 5400],
  all: 4374000,
});

testNothing(prod, 1);

test("of integers is int64 and wraps, as NumPy", () => {
  // np.prod(np.array([3] * 45, np.int64))
  expect(
    prod(
      tensor(
        Array.from({ length: 45 }, () => 3),
        { dtype: "int32" },
      ),
    ).toArray(),
  ).toBe(2833654757305440083n);
});
