import { testTruth } from "../../../test/families/reduction.js";
import { all } from "./op.js";

// np.all(x, axis)
testTruth(
  all,
  {
    last: [
      [false, false],
      [true, false],
    ],
    columns: [false, false, false],
    all: false,
  },
  true,
);
