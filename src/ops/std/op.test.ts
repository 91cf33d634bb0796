import { testReduction, testSpread } from "../../../test/families/reduction.js";
import { std } from "./op.js";

// np.std(x, axis)
testReduction(std, {
  last: [
    [2.3213980461973533, 5.734883511361751],
    [4.546060565661952, 5.715476066494082],
  ],
  middle: [[[1, 2, 2.25]], [[0.5, 0.5, 1.5]]],
  outer: [3.656235161413384, 5.785518319236594],
  all: 4.853943127900129,
  relative: 1e-14,
  perElement: 4,
  perResult: 3,
});

// np.std(sample, ddof=1), np.std(neighbours)
testSpread("std", std, 3.095695936834452, 0.816496580927726);
