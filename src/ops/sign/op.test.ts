import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn } from "../../tensor/create.js";
import { sign } from "./op.js";
import { abs } from "../abs/op.js";
import { mul } from "../mul/op.js";

// np.sign(x)
testUnary(sign, [-1, -1, -1, 0, 1, 1, 1, 1, 1, -1, NaN]);

test("times the absolute value gives the number back", () => {
  const x = randn([50], { seed: 3 });
  expect(mul(sign(x), abs(x)).toArray()).toEqual(x.toArray());
});
