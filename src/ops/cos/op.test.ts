import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { cos } from "./op.js";
import { neg } from "../neg/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10], { dtype: "float64" });
  // np.cos(x)
  expectClose(
    cos(x),
    [
      -0.9899924966004454, 0.0707372016677029, 0.8775825618903725, 1, 0.968912421710645, 0.5403023058681397,
      -0.8011436155469338, -0.8390715290764524,
    ],
  );
});

testUnaryCost(cos);

test("is even", () => {
  const x = randn([50], { seed: 5, dtype: "float64" });
  expect(cos(neg(x)).toArray()).toEqual(cos(x).toArray());
});
