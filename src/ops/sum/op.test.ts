import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testAxes, testNothing, testReduction } from "../../../test/families/reduction.js";
import { randn, tensor } from "../../tensor/create.js";
import { sum } from "./op.js";
import { add } from "../add/op.js";

// np.sum(x, axis)
testReduction(sum, {
  last: [
    [6.5, 5],
    [3, 0],
  ],
  middle: [[[4, -6, 13.5]], [[5, 11, -13]]],
  outer: [9.5, 5],
  all: 14.5,
});

testAxes("sum", sum);

testNothing(sum, 0);

test("of integers and truth values is an exact int64", () => {
  const y = sum(tensor([2n ** 60n, 1n]));
  expect(y.dtype).toBe("int64");
  expect(y.toArray()).toBe(2n ** 60n + 1n);
  expect(sum(tensor([true, true, false])).toString()).toBe("tensor(2, int64)");
});

test("is linear", () => {
  const [a, b] = [1, 2].map((seed) => randn([7, 9], { seed, dtype: "float64" }));
  expectClose(sum(add(a, b), 0), add(sum(a, 0), sum(b, 0)).toArray(), 1e-13);
});
