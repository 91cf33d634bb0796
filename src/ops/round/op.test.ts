import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { round } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor(
    [
      -2.5,
      -1.5,
      -0.5,
      0.5,
      1.5,
      2.5,
      2.4999999999999996,
      0.49999999999999994,
      4503599627370498,
      Infinity,
      NaN,
    ],
    { dtype: "float64" },
  );
  // np.round(x)
  expectClose(round(x), [-2, -2, -0, 0, 2, 2, 2, 0, 4503599627370498, Infinity, NaN]);
});

testUnaryCost(round);

test("takes halves to the even neighbour and keeps the sign of zero", () => {
  expect(Object.is(round(tensor([-0.5])).item(), -0)).toBe(true);
  expect(round(tensor([7n])).dtype).toBe("int64");
});
