import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { silu } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, 0, 0.25, 1, 2.5, 10, -800, 800], { dtype: "float64" });
  // x * scipy.special.expit(x)
  expectClose(
    silu(x),
    [
      -0.14227761953270035, -0.2736382857095345, -0.1887703343990727, 0, 0.14054412522144952,
      0.7310585786300049, 2.3103545499468914, 9.999546021312977, -0, 800,
    ],
    1e-15,
  );
});

testUnaryCost(silu, 5);

test("does not overflow in float32", () => {
  expect(silu(tensor([-3e38, 3e38])).toArray()).toEqual([-0, Math.fround(3e38)]);
});
