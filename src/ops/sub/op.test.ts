import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { tensor } from "../../tensor/create.js";
import { sub } from "./op.js";
import { add } from "../add/op.js";

// a - b
testBinary(sub, [-9, -2, 0, -3, 0, NaN, Infinity, NaN]);

test("undoes add on integers", () => {
  const [a, b] = [tensor([2n ** 60n + 1n, -7n]), tensor([12345n, 9n])];
  expect(sub(add(a, b), b).toArray()).toEqual(a.toArray());
});

test("rejects two bools", () => {
  expect(() => sub(tensor([true]), tensor([false]))).toThrow("sub: not defined for bool; use logicalXor");
  expect(sub(tensor([true]), 1).toArray()).toEqual([0]);
});
