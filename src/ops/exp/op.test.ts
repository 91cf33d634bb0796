import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn } from "../../tensor/create.js";
import { exp } from "./op.js";
import { add } from "../add/op.js";
import { mul } from "../mul/op.js";

// np.exp(x)
testUnary(exp, [
  0.04978706836786394,
  0.22313016014842982,
  0.6065306597126334,
  1,
  1.2840254166877414,
  Math.E,
  12.182493960703473,
  22026.465794806718,
  Infinity,
  0,
  NaN,
]);

test("turns sums into products", () => {
  const [a, b] = [randn([50], { seed: 1, dtype: "float64" }), randn([50], { seed: 2, dtype: "float64" })];
  expectClose(exp(add(a, b)), mul(exp(a), exp(b)).toArray(), 1e-14);
});
