import { expect, test } from "vitest";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { relu } from "./op.js";
import { neg } from "../neg/op.js";
import { sub } from "../sub/op.js";

// np.maximum(x, 0)
testUnary(relu, [0, 0, 0, 0, 0.25, 1, 2.5, 10, Infinity, 0, NaN]);

test("of x minus relu of −x gives x back", () => {
  const x = randn([50], { seed: 6 });
  expect(sub(relu(x), relu(neg(x))).toArray()).toEqual(x.toArray());
});

test("keeps integers", () => {
  expect(relu(tensor([-3, 4], { dtype: "int32" })).toString()).toBe("tensor([0, 4], int32)");
});
