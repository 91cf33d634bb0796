import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { relu } from "./op.js";
import { neg } from "../neg/op.js";
import { sub } from "../sub/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.maximum(x, 0)
  expectClose(relu(x), [0, 0, 0, 0, 0.25, 1, 2.5, 10, Infinity, 0, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => relu(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("of x minus relu of −x gives x back", () => {
  const x = randn([50], { seed: 6 });
  expect(sub(relu(x), relu(neg(x))).toArray()).toEqual(x.toArray());
});

test("keeps integers", () => {
  expect(relu(tensor([-3, 4], { dtype: "int32" })).toString()).toBe("tensor([0, 4], int32)");
});
