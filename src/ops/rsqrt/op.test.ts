import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { rsqrt } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([0, 0.25, 2, 100, Infinity, -1, NaN], { dtype: "float64" });
  // 1 / np.sqrt(x)
  expectClose(rsqrt(x), [Infinity, 2, 0.7071067811865475, 0.1, 0, NaN, NaN]);
});

testUnaryCost(rsqrt);

test("makes float32 of integers", () => {
  expect(rsqrt(tensor([4, 16], { dtype: "int32" })).dtype).toBe("float32");
});
