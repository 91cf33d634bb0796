import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testBroadcasting } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { remainder } from "./op.js";

test("agrees with NumPy", () => {
  const a = tensor([7, -7, 7, -7, 5.5, -0, 3, Infinity, -5, 5], { dtype: "float64" });
  const b = tensor([3, 3, -3, -3, 2, 3, 0, 2, Infinity, -Infinity], { dtype: "float64" });
  // np.remainder(a, b)
  expectClose(remainder(a, b), [1, 2, -2, -1, 1.5, 0, NaN, NaN, Infinity, -Infinity]);
});

testBroadcasting(remainder);

test("has the sign of the divisor, also on integers; by zero it is 0 there, as in NumPy", () => {
  // np.remainder(np.array([7, -7, 7, -7, 5]), np.array([3, 3, -3, -3, 0]))
  const [a, b] = [
    [7, -7, 7, -7, 5],
    [3, 3, -3, -3, 0],
  ];
  for (const dtype of ["int32", "int64"] as const) {
    expect(remainder(tensor(a, { dtype }), tensor(b, { dtype })).toArray()).toEqual([1, 2, -2, -1, 0]);
  }
  expect(remainder(tensor([2n ** 60n + 1n]), 10).toArray()).toEqual([7]);
});
