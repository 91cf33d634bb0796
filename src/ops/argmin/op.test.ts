import { testPosition, testReduction } from "../../../test/families/reduction.js";
import { argmin } from "./op.js";

// np.argmin(x, axis)
testReduction(argmin, {
  last: [
    [1, 1],
    [2, 2],
  ],
  middle: [[[1, 1, 0]], [[0, 1, 1]]],
  outer: [5, 5],
  all: 11,
});

// np.argmin(rows, axis=1)
testPosition(argmin, [0, 1], 0);
