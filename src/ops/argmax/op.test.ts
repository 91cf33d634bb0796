import { testPosition, testReduction } from "../../../test/families/reduction.js";
import { argmax } from "./op.js";

// np.argmax(x, axis)
testReduction(argmax, {
  last: [
    [2, 2],
    [1, 1],
  ],
  middle: [[[0, 0, 1]], [[1, 0, 0]]],
  outer: [4, 2],
  all: 5,
});

// np.argmax(rows, axis=1)
testPosition(argmax, [1, 1], 1);
