// What every elementwise op is tested for; the test beside an op calls these with what is its own.
import { expect, test } from "vitest";
import { abstractTensor, tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { expectClose, priceOf, type Nested } from "../expect.js";

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

/** Every sign, both infinities, NaN, and one pair of equals. */
const left = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
const right = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });

/** `expected` is what NumPy gives for the pairs above, `resultBytes` the width of a result from float32. */
export function testBinary(op: Binary, expected: readonly Nested[], resultBytes: 1 | 4 = 4): void {
  test("agrees with NumPy", () => expectClose(op(left, right), expected));
  testBroadcasting(op, resultBytes);
}

export function testBroadcasting(op: Binary, resultBytes: 1 | 4 = 4): void {
  test("broadcasts, and costs 1 FLOP per result", () => {
    const body = () => op(abstractTensor([32, 512, 768]), abstractTensor([768]));
    expect(body().shape).toEqual([32, 512, 768]);
    expect(priceOf(body)).toEqual({
      flops: 32 * 512 * 768,
      matmulFlops: 0,
      bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
      bytesWritten: resultBytes * 32 * 512 * 768,
    });
  });
}

/** `exact`: the answers for (2⁶⁰, 2⁶⁰ + 1) and (2⁶⁰ + 1, 2⁶⁰ + 1), which float64 cannot tell apart. */
export function testComparison(op: Binary, expected: readonly boolean[], exact: [boolean, boolean]): void {
  testBinary(op, expected, 1);
  test("tells 64-bit integers apart that float64 cannot", () => {
    const [a, b] = [tensor([2n ** 60n, 2n ** 60n + 1n]), tensor([2n ** 60n + 1n, 2n ** 60n + 1n])];
    expect(op(a, b).toArray()).toEqual(exact);
  });
}

/** `table`: the answers for (true, true), (true, false), (false, true) and (false, false). */
export function testLogical(op: Binary, expected: readonly boolean[], table: readonly boolean[]): void {
  testBinary(op, expected, 1);
  test("has its truth table", () => {
    const [a, b] = [tensor([true, true, false, false]), tensor([true, false, true, false])];
    expect(op(a, b).toArray()).toEqual(table);
  });
}

interface UnaryExpectations {
  /** Where a result is rounded more than once. */
  readonly relative?: number;
  /** Per element. Default 1. */
  readonly flops?: number;
  /** The width of a result from float32. Default 4. */
  readonly resultBytes?: 1 | 4;
}

/** Both sides of 0, halves, both zeros, both infinities, NaN. */
const numbers = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], {
  dtype: "float64",
});

/** `expected` is what NumPy gives for the numbers above. */
export function testUnary(
  op: Unary,
  expected: readonly Nested[],
  { relative, flops = 1, resultBytes = 4 }: UnaryExpectations = {},
): void {
  test("agrees with NumPy", () => expectClose(op(numbers), expected, relative));
  testUnaryCost(op, flops, resultBytes);
}

export function testUnaryCost(op: Unary, flops = 1, resultBytes: 1 | 4 = 4): void {
  test(`costs ${flops} FLOP${flops === 1 ? "" : "s"} per element`, () => {
    expect(priceOf(() => op(abstractTensor([32, 512, 3072])))).toEqual({
      flops: flops * 32 * 512 * 3072,
      matmulFlops: 0,
      bytesRead: 4 * 32 * 512 * 3072,
      bytesWritten: resultBytes * 32 * 512 * 3072,
    });
  });
}

/** floor, ceil. */
export function testRounding(op: Unary, expected: readonly number[]): void {
  testUnary(op, expected);
  test("leaves integers as they are", () => {
    const y = op(tensor([2n ** 60n + 1n, -3n]));
    expect(y.dtype).toBe("int64");
    expect(y.toArray()).toEqual([2n ** 60n + 1n, -3]);
  });
}
