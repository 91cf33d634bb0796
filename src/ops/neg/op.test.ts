import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { neg } from "./op.js";

// -x
testUnary(neg, [3, 1.5, 0.5, 0, -0.25, -1, -2.5, -10, -Infinity, Infinity, NaN]);

test("keeps 64-bit integers exact and wraps uint8", () => {
  expect(neg(tensor([2n ** 60n + 1n])).toArray()).toEqual([-(2n ** 60n + 1n)]);
  expect(neg(tensor([1, 0], { dtype: "uint8" })).toArray()).toEqual([255, 0]);
});

test("rejects bool", () => {
  expect(() => neg(tensor([true]))).toThrow("neg: not defined for bool; use logicalNot");
});
