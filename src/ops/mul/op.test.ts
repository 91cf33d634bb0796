import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { mul } from "./op.js";
import { add } from "../add/op.js";
import { randint } from "../../tensor/create.js";

// a * b
testBinary(mul, [-14, 1.25, 0, 4, 12.25, NaN, Infinity, Infinity]);

test("distributes over add on integers that wrap", () => {
  const [a, b, c] = [11, 12, 13].map((seed) => randint(-(2 ** 31), 2 ** 31, [50], { seed }));
  expect(mul(a, add(b, c)).toArray()).toEqual(add(mul(a, b), mul(a, c)).toArray());
});

test("wraps integers at their width, as NumPy", () => {
  // np.array([123456789], np.int32) * np.int32(987654321)
  expect(mul(tensor([123456789], { dtype: "int32" }), 987654321).toArray()).toEqual([-67153019]);
  // np.array([2**40 + 1], np.int64) * np.int64(2**30 + 3)
  expect(mul(tensor([2n ** 40n + 1n]), tensor([2n ** 30n + 3n])).toArray()).toEqual([3299608625155]);
  // np.array([200], np.uint8) * np.uint8(3)
  expect(mul(tensor([200], { dtype: "uint8" }), 3).toArray()).toEqual([88]);
});
