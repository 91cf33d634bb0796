import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { abs } from "./op.js";

// np.abs(x)
testUnary(abs, [3, 1.5, 0.5, 0, 0.25, 1, 2.5, 10, Infinity, Infinity, NaN]);

test("keeps the dtype and 64-bit integers exact", () => {
  const y = abs(tensor([-(2n ** 60n + 1n), 5n]));
  expect(y.dtype).toBe("int64");
  expect(y.toArray()).toEqual([2n ** 60n + 1n, 5]);
});
