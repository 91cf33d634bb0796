import { testReduction, testSpread } from "../../../test/families/reduction.js";
import { variance } from "./op.js";

// np.var(x, axis)
testReduction(variance, {
  last: [
    [5.388888888888889, 32.888888888888886],
    [20.666666666666668, 32.666666666666664],
  ],
  middle: [[[1, 4, 5.0625]], [[0.25, 0.25, 2.25]]],
  outer: [13.368055555555555, 33.47222222222222],
  all: 23.56076388888889,
  relative: 1e-14,
  perElement: 4,
  perResult: 2,
});

// np.var(sample, ddof=1), np.var(neighbours)
testSpread("var", variance, 9.583333333333334, 0.6666666666666666);
