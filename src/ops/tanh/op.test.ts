import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn } from "../../tensor/create.js";
import { tanh } from "./op.js";
import { neg } from "../neg/op.js";

// np.tanh(x)
testUnary(tanh, [
  -0.9950547536867305,
  -0.9051482536448665,
  -0.46211715726000974,
  -0,
  0.24491866240370913,
  0.7615941559557649,
  0.9866142981514303,
  0.9999999958776927,
  1,
  -1,
  NaN,
]);

test("is odd", () => {
  const x = randn([50], { seed: 4, dtype: "float64" });
  expect(tanh(neg(x)).toArray()).toEqual(neg(tanh(x)).toArray());
});
