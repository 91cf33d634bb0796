import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { fn, input, randn, Tensor, zeros } from "../index.js";

const attend = fn("B n d, B m d, B m e -> B n e", (q, k, v) =>
  q.matmul(k.transpose(-2, -1)).softmax(-1).matmul(v),
);
// What a caller without types could pass.
const loosely = attend as unknown as (...args: readonly Tensor[]) => Tensor;

test("runs its body", () => {
  const [q, k, v] = [randn([2, 3, 4]), randn([2, 5, 4], { seed: 1 }), randn([2, 5, 6], { seed: 2 })];
  const direct = q.matmul(k.transpose()).softmax().matmul(v);
  expect(attend(q, k, v).toArray()).toEqual(direct.toArray());
});

test("checks arguments on entry, in the compiler's words", () => {
  const x = input(["B", "n", 768]);
  const wrong = input(["B", "m", 512]);
  expect(() => loosely(x, wrong, wrong)).toThrow(ShapeError);
  expect(() => loosely(x, wrong, wrong)).toThrow(
    "argument 1: expected [B, m, d] with d = 768, got [B, m, 512]",
  );
  expect(() => loosely(x, zeros([3, 4]), x)).toThrow("argument 1: expected [B, m, d], got [3, 4]");
  expect(() => loosely(x, x)).toThrow("missing argument 2");
});

test("checks the result on exit", () => {
  const wrong = fn("B n -> n", (x) => x.sum(-1) as unknown as Tensor<["n"]>);
  expect(() => wrong(zeros([2, 3]))).toThrow("result: expected [n] with n = 3, got [2]");
});

test("numbers are sizes, _ is any size", () => {
  const last = fn("_ 768 -> 768", (x) => x.select(0, 0));
  expect(last(input(["n", 768])).dims).toEqual([768]);
  const loose = last as unknown as (x: Tensor) => Tensor;
  expect(() => loose(zeros([2, 5]))).toThrow("argument 0: expected [_, 768], got [2, 5]");
});

test("a signature without an arrow is refused", () => {
  expect(() => fn("B n", () => zeros([1]) as never)).toThrow(`fn: 'B n' needs one '->'`);
});
