import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { contiguous } from "../contiguous/op.js";
import { matmul } from "../matmul/op.js";
import { transpose } from "./op.js";

test("swaps two axes, by default the last two", () => {
  const x = abstractTensor(["B", "h", "n", 64]);
  expect(String(transpose(x).dims)).toBe("B,h,64,n");
  expect(String(transpose(x, 1, 2).dims)).toBe("B,n,h,64");
  expect(String(transpose(x, "B", -1).dims)).toBe("64,h,n,B");
  expect(transpose(tensor([[1, 2, 3]])).toArray()).toEqual([[1], [2], [3]]);
});

test("undoes itself, on the same elements", () => {
  const x = randn([3, 4], { seed: 1 });
  expect(transpose(transpose(x)).strides).toEqual(x.strides);
  expect(transpose(x).elements).toBe(x.elements);
});

test("(AB)ᵀ = BᵀAᵀ, whether transposed tensors are views or copies", () => {
  const [a, b] = [randn([3, 4], { seed: 1, dtype: "float64" }), randn([4, 5], { seed: 2, dtype: "float64" })];
  const product = transpose(matmul(a, b)).toArray();
  expect(matmul(transpose(b), transpose(a)).toArray()).toEqual(product);
  expect(matmul(contiguous(transpose(b)), contiguous(transpose(a))).toArray()).toEqual(product);
});

test("wants two axes that are there", () => {
  expect(() => transpose(abstractTensor(["n"]))).toThrow("transpose: [n] has fewer than 2 axes");
  expect(() => transpose(abstractTensor([2, 3]), 0, 2)).toThrow(
    "transpose: axis 2 is out of range for [2, 3]; its axes are -2 to 1",
  );
});

test("costs nothing", () => {
  expect(priceOf(() => transpose(abstractTensor([2, 3])))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
