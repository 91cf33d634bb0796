import { testExtreme, testReduction } from "../../../test/families/reduction.js";
import { min } from "./op.js";

// np.min(x, axis)
testReduction(min, {
  last: [
    [-1, -5],
    [-5, -8],
  ],
  middle: [[[1, -5, 4.5]], [[2, 5, -8]]],
  outer: [-5, -8],
  all: -8,
});

testExtreme(min, 2, 2n ** 60n);
