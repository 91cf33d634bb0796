import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testNothing, testReduction } from "../../../test/families/reduction.js";
import { tensor } from "../../tensor/create.js";
import { logsumexp } from "./op.js";

// scipy.special.logsumexp(x, axis)
testReduction(logsumexp, {
  last: [
    [4.704748948461113, 9.000336237622417],
    [6.018166329083803, 5.126930001932528],
  ],
  middle: [
    [[3.1269280110429722, -0.9818500720821902, 9.011047744848593]],
    [[3.3132616875182226, 6.313261687518223, -4.951412648426258]],
  ],
  outer: [6.256316359682839, 9.020910568813417],
  all: 9.082007229470074,
  relative: 1e-14,
  perElement: 4,
  perResult: 2,
});

testNothing(logsumexp, -Infinity);

test("does not overflow, and keeps infinities", () => {
  // scipy.special.logsumexp([[1000, 1000], [-1000, -1001], [-inf, -inf], [inf, 0]], axis=1)
  const x = tensor(
    [
      [1000, 1000],
      [-1000, -1001],
      [-Infinity, -Infinity],
      [Infinity, 0],
    ],
    { dtype: "float64" },
  );
  expectClose(logsumexp(x, 1), [1000.6931471805599, -999.6867383124818, -Infinity, Infinity]);
});
