import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testBroadcasting } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { LintelError } from "../../base/errors.js";
import { pow } from "./op.js";

test("agrees with NumPy", () => {
  const a = tensor([2, -2, -8, 0, 1, -1, NaN, 4, 0], { dtype: "float64" });
  const b = tensor([10, 3, 0.3333333333333333, 0, NaN, Infinity, 0, -0.5, -1], { dtype: "float64" });
  // np.power(a, b)
  expectClose(pow(a, b), [1024, -8, NaN, 1, 1, 1, 1, 0.5, Infinity], 1e-15);
});

testBroadcasting(pow);

test("of integers is exact and wraps, as NumPy", () => {
  // np.power(np.array([3, -3, 0, 2], np.int32), np.array([25, 5, 0, 31], np.int32))
  const base = tensor([3, -3, 0, 2], { dtype: "int32" });
  expect(pow(base, tensor([25, 5, 0, 31], { dtype: "int32" })).toArray()).toEqual([
    1180052131, -243, 1, -2147483648,
  ]);
  // np.power(np.int64(7), np.array([22, 30], np.int64))
  expect(pow(7, tensor([22n, 30n])).toArray()).toEqual([3909821048582988049n, 1576789505350337489n]);
});

test("refuses integers to negative integer powers", () => {
  expect(() => pow(tensor([2], { dtype: "int32" }), -1)).toThrow(LintelError);
  expect(() => pow(2, tensor([-1n]))).toThrow("pow: 2 to the power -1 is not an integer");
});
