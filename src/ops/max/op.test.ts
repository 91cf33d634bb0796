import { testExtreme, testReduction } from "../../../test/families/reduction.js";
import { max } from "./op.js";

// np.max(x, axis)
testReduction(max, {
  last: [
    [4.5, 9],
    [6, 5],
  ],
  middle: [[[3, -1, 9]], [[3, 6, -5]]],
  outer: [6, 9],
  all: 9,
});

testExtreme(max, 3, 2n ** 60n + 1n);
