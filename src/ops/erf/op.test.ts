import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { erf } from "./op.js";
import { neg } from "../neg/op.js";

// scipy.special.erf(x)
testUnary(erf, [
  -0.9999779095030014,
  -0.9661051464753108,
  -0.5204998778130465,
  -0,
  0.2763263901682369,
  0.8427007929497148,
  0.999593047982555,
  1,
  1,
  -1,
  NaN,
]);

test("is odd and keeps small numbers to full relative accuracy", () => {
  const x = randn([50], { seed: 7, dtype: "float64" });
  expect(erf(neg(x)).toArray()).toEqual(neg(erf(x)).toArray());
  expectClose(erf(tensor([1e-300, 1e-9], { dtype: "float64" })), [
    2e-300 / Math.sqrt(Math.PI),
    2e-9 / Math.sqrt(Math.PI),
  ]);
});

test("is continuous where its approximations meet", () => {
  // scipy.special.erf([0.46875, np.nextafter(0.46875, 1), 4, np.nextafter(4, 5)])
  expectClose(
    erf(tensor([0.46875, 0.46875000000000006, 4, 4.000000000000001], { dtype: "float64" })),
    [0.492613473217938, 0.492613473217938, 0.9999999845827421, 0.9999999845827421],
  );
});
