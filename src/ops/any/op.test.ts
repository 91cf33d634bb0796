import { testTruth } from "../../../test/families/reduction.js";
import { any } from "./op.js";

// np.any(x, axis)
testTruth(
  any,
  {
    last: [
      [true, false],
      [true, true],
    ],
    columns: [true, true, true],
    all: true,
  },
  false,
);
