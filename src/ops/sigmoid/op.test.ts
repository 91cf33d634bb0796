import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { sigmoid } from "./op.js";
import { add } from "../add/op.js";
import { neg } from "../neg/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN, -800, 800, -700], {
    dtype: "float64",
  });
  // scipy.special.expit(x)
  expectClose(
    sigmoid(x),
    [
      0.04742587317756678,
      0.18242552380635635,
      0.3775406687981454,
      0.5,
      0.5621765008857981,
      0.7310585786300049,
      0.9241418199787566,
      0.9999546021312976,
      1,
      0,
      NaN,
      0,
      1,
      9.85967654375977e-305,
    ],
    1e-14,
  );
});

testUnaryCost(sigmoid, 4);

test("of x and of −x make 1", () => {
  const x = randn([50], { seed: 8, dtype: "float64" });
  expectClose(
    add(sigmoid(x), sigmoid(neg(x))),
    Array.from({ length: 50 }, () => 1),
  );
});
