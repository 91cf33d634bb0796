// What tril and triu are tested for; the test beside each calls this with what is its own.
import { expect, test } from "vitest";
import { abstractTensor, full, tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { priceOf } from "../expect.js";

type Triangle = (x: Tensor, k?: number) => Tensor;
type Matrix = readonly (readonly number[])[];

const x = tensor(
  [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ],
  { dtype: "int32" },
);

/** What NumPy gives for the matrix above on the main, the −1st, the 2nd and the 9th diagonal, and for 2 × 2 NaNs. */
export function testTriangle(
  op: Triangle,
  expected: {
    readonly main: Matrix;
    readonly below: Matrix;
    readonly above: Matrix;
    readonly outside: Matrix;
  },
  ofNaN: Matrix,
): void {
  test("agrees with NumPy on every diagonal", () => {
    const { main, below, above, outside } = expected;
    expect(op(x).toArray()).toEqual(main);
    expect([-1, 2, 9].map((k) => op(x, k).toArray())).toEqual([below, above, outside]);
  });

  test("does not spread NaN, and keeps 64-bit integers", () => {
    expect(op(full([2, 2], NaN)).toArray()).toEqual(ofNaN);
    expect(op(tensor([[2n ** 60n + 1n]])).toArray()).toEqual([[2n ** 60n + 1n]]);
  });

  test("wants a matrix and a diagonal", () => {
    expect(() => op(abstractTensor(["n"]))).toThrow(`${op.name}: needs at least 2 axes, got [n]`);
    expect(() => op(x, 0.5)).toThrow(`${op.name}: the diagonal must be an integer, got 0.5`);
  });

  test("reads and writes every element once", () => {
    expect(priceOf(() => op(abstractTensor([512, 512])))).toEqual({
      flops: 0,
      matmulFlops: 0,
      bytesRead: 4 * 512 * 512,
      bytesWritten: 4 * 512 * 512,
    });
  });
}
