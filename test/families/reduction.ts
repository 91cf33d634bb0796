// What every reduction is tested for; the test beside an op calls these with what is its own.
import { expect, test } from "vitest";
import { ShapeError } from "../../src/base/errors.js";
import { abstractTensor, tensor, zeros } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { expectClose, priceOf, type Nested } from "../expect.js";

type Reduction = (x: Tensor, axis?: number | string | readonly number[], keepdims?: boolean) => Tensor;

const x = tensor(
  [
    [
      [3, -1, 4.5],
      [1, -5, 9],
    ],
    [
      [2, 6, -5],
      [3, 5, -8],
    ],
  ],
  { dtype: "float64" },
);

/** What NumPy gives for the [2, 2, 3] numbers above. */
interface Expected {
  /** `axis=-1` */
  readonly last: Nested;
  /** `axis=1, keepdims=True` */
  readonly middle: Nested;
  /** `axis=(0, 2)` */
  readonly outer: Nested;
  readonly all: Nested;
  /** Where a result is rounded more than once. */
  readonly relative?: number;
  /** FLOPs. */
  readonly perElement?: number;
  readonly perResult?: number;
}

export function testReduction(op: Reduction, expected: Expected): void {
  const { relative, perElement = 1, perResult = 0 } = expected;
  test("agrees with NumPy over one axis, several and all", () => {
    expectClose(op(x, -1), expected.last, relative);
    expectClose(op(x, 1, true), expected.middle, relative);
    expectClose(op(x, [0, 2]), expected.outer, relative);
    expectClose(op(x), expected.all, relative);
  });

  test("costs what it reads", () => {
    expect(priceOf(() => op(abstractTensor([32, 512, 768]), -1))).toEqual({
      flops: perElement * 32 * 512 * 768 + perResult * 32 * 512,
      matmulFlops: 0,
      bytesRead: 4 * 32 * 512 * 768,
      bytesWritten: 4 * 32 * 512,
    });
  });
}

export function testNothing(op: Reduction, value: number): void {
  test(`of nothing is ${value}`, () => {
    expect(op(zeros([0])).item()).toBe(value);
    expect(op(zeros([2, 0]), 1).toArray()).toEqual([value, value]);
    expect(op(zeros([0, 2]), 1).shape).toEqual([0]);
  });
}

export function testAxes(name: string, op: Reduction): void {
  test("takes an axis by name and refuses one that is not there", () => {
    const named = abstractTensor(["B", "n", 768]);
    expect(String(op(named, "n").dims)).toBe("B,768");
    expect(() => op(named, 3)).toThrow(
      `${name}: axis 3 is out of range for [B, n, 768]; its axes are -3 to 2`,
    );
    expect(() => op(named, [1, -2])).toThrow(`${name}: axis -2 of [B, n, 768] is given twice`);
  });
}

/** max, min: `[NaN, ofTwo]` along rows of [[1, NaN], [2, 3]], and the one of 2⁶⁰ and 2⁶⁰ + 1. */
export function testExtreme(op: Reduction, ofTwo: number, exact: bigint): void {
  test("is NaN where there is one", () => {
    const rows = tensor([[1, NaN], [2, 3]]); // prettier-ignore
    expect(op(rows, 1).toArray()).toEqual([NaN, ofTwo]);
  });

  test("keeps 64-bit integers exact", () => {
    expect(op(tensor([2n ** 60n, 2n ** 60n + 1n])).toArray()).toBe(exact);
  });

  test("of nothing is an error that names the axis", () => {
    expect(() => op(zeros([2, 0]), 1)).toThrow(ShapeError);
    expect(() => op(zeros([2, 0]), 1)).toThrow(`${op.name}: axis 1 of [2, 0] is empty`);
    expect(op(zeros([0, 2]), 1).shape).toEqual([0]);
  });
}

/** argmax, argmin: places in the rows [2, 7, 7, 2] and [1, NaN, 9, NaN], and in 2⁶⁰, 2⁶⁰ + 1, 2⁶⁰. */
export function testPosition(op: Reduction, places: readonly [number, number], exact: number): void {
  test("takes the first of equals, and a NaN before all", () => {
    const rows = tensor([[2, 7, 7, 2], [1, NaN, 9, NaN]]); // prettier-ignore
    expect(op(rows, 1).toString()).toBe(`tensor([${places.join(", ")}], int32)`);
  });

  test("tells 64-bit integers apart that float64 cannot", () => {
    expect(op(tensor([2n ** 60n, 2n ** 60n + 1n, 2n ** 60n])).item()).toBe(exact);
  });

  test("of nothing is an error", () => {
    expect(() => op(zeros([0]))).toThrow(`${op.name}: axis 0 of [0] is empty`);
  });
}

type Spread = (
  x: Tensor,
  axis?: number | string | readonly number[],
  keepdims?: boolean,
  options?: { readonly correction?: number },
) => Tensor;

/** var, std: of the sample 1, 2, 4, 8 (`ddof=1`), and of three neighbours of 10⁹. */
export function testSpread(name: string, op: Spread, ofSample: number, ofNeighbours: number): void {
  test("divides by n − correction", () => {
    const sample = tensor([1, 2, 4, 8], { dtype: "float64" });
    expectClose(op(sample, 0, false, { correction: 1 }), ofSample);
    expect(op(tensor([3]), 0, false, { correction: 1 }).item()).toBe(NaN);
  });

  test("is NaN of nothing", () => {
    expect(op(zeros([0])).item()).toBe(NaN);
  });

  test("survives a large mean", () => {
    expectClose(op(tensor([1e9 + 1, 1e9 + 2, 1e9 + 3], { dtype: "float64" })), ofNeighbours);
  });

  testAxes(name, op);
}

const truths = tensor([
  [
    [3, -1, 0],
    [0, 0, 0],
  ],
  [
    [2, 6, -5],
    [0, 1, 0],
  ],
]);

/** all, any: what NumPy gives for the [2, 2, 3] numbers above with `axis=-1`, `axis=(0, 1)`, and for all. */
export function testTruth(
  op: Reduction,
  expected: { readonly last: Nested; readonly columns: readonly boolean[]; readonly all: boolean },
  ofNothing: boolean,
): void {
  test("agrees with NumPy over one axis and all", () => {
    expectClose(op(truths, -1), expected.last);
    expectClose(op(truths, [0, 1], true), [[expected.columns]]);
    expect(op(truths).toArray()).toBe(expected.all);
  });

  test(`of nothing is ${ofNothing}, and NaN counts as true`, () => {
    expect(op(zeros([2, 0]), 1).toArray()).toEqual([ofNothing, ofNothing]);
    expect(op(tensor([NaN])).toArray()).toBe(true);
  });

  test("costs 1 FLOP per element and writes bytes", () => {
    expect(priceOf(() => op(abstractTensor([32, 512, 768]), -1))).toEqual({
      flops: 32 * 512 * 768,
      matmulFlops: 0,
      bytesRead: 4 * 32 * 512 * 768,
      bytesWritten: 32 * 512,
    });
  });
}
