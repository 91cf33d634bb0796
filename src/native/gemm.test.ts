import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LintelError } from "../base/errors.js";
import { Random } from "../base/random.js";
import { nativeStatus, selectNative } from "./blas.js";
import { nativeTakes, planGemm, preparingPays, type NativeGemm } from "./gemm.js";
import type { RealOperand, Reals } from "./operand.js";

const { available, reason } = nativeStatus();
const random = new Random(7);

const precisions = [
  ["float32", Float32Array, 2 ** -24],
  ["float64", Float64Array, 2 ** -53],
] as const;
type Values = (typeof precisions)[number][1];

/** How a matrix lies in memory; between its elements lie NaNs, which must not be read. */
const lies = {
  rows: (_: number, cols: number) => [cols, 1],
  columns: (rows: number) => [1, rows],
  "wide rows": (_: number, cols: number) => [cols + 3, 1],
  "wide columns": (rows: number) => [1, rows + 5],
  scattered: (_: number, cols: number) => [2 * cols + 1, 2],
  "repeated row": () => [0, 1],
  reversed: (_: number, cols: number) => [-cols, -1],
} as const;
type Lie = keyof typeof lies;

function matrices(Type: Values, batch: number, rows: number, cols: number, lie: Lie) {
  const [rowStride, colStride] = lies[lie](rows, cols);
  const reach = Math.abs(rowStride) * Math.max(0, rows - 1) + Math.abs(colStride) * Math.max(0, cols - 1) + 1;
  const data: Reals = new Type(5 + batch * reach).fill(NaN);
  const offset = 5 + (rowStride < 0 ? reach - 1 : 0);
  const starts = Array.from({ length: batch }, (_, g) => g * reach);
  for (const start of starts) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) data[offset + start + i * rowStride + j * colStride] = random.normal();
    }
  }
  return { operand: { data, offset, rowStride, colStride }, starts };
}

interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function makeCall(Type: Values, { m, n, k }: Shape, aLie: Lie, bLie: Lie, batch = 1): NativeGemm {
  const [a, b] = [matrices(Type, batch, m, k, aLie), matrices(Type, batch, k, n, bLie)];
  const c = { data: new Type(2 + batch * m * n).fill(NaN), offset: 2, rowStride: n, colStride: 1 };
  const cOffsets = Array.from({ length: batch }, (_, g) => g * m * n);
  return { m, n, k, a: a.operand, b: b.operand, c, aOffsets: a.starts, bOffsets: b.starts, cOffsets };
}

const at = (x: RealOperand, start: number, i: number, j: number): number =>
  x.data[x.offset + start + i * x.rowStride + j * x.colStride];

/** Runs the call; its largest error against a float64 loop, over the bound that any order of summation keeps. */
function worstError(call: NativeGemm): number {
  const { m, n, k, a, b, c, aOffsets, bOffsets, cOffsets, accumulate = false } = call;
  const before = { ...c, data: c.data.slice() };
  const run = planGemm(call);
  if (run === undefined) return Infinity;
  run();
  const unit = precisions.find(([, Type]) => c.data instanceof Type)![2];
  let worst = 0;
  for (let g = 0; g < cOffsets.length; g++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = accumulate ? at(before, cOffsets[g], i, j) : 0;
        let size = Math.abs(sum);
        for (let p = 0; p < k; p++) {
          const term = at(a, aOffsets[g], i, p) * at(b, bOffsets[g], p, j);
          sum += term;
          size += Math.abs(term);
        }
        const error = Math.abs(at(c, cOffsets[g], i, j) - sum) / ((k + 4) * unit * size);
        worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
      }
    }
  }
  return worst;
}

describe.skipIf(!available)(`native GEMM${available ? "" : ` (${reason})`}`, () => {
  beforeEach(() => {
    selectNative("always");
  });
  afterEach(() => {
    selectNative("auto");
  });

  describe.each(precisions)("%s", (_, Type) => {
    const ways = Object.keys(lies) as Lie[];

    test.each(ways)("A as %s, with B in every way", (aLie) => {
      for (const bLie of ways) {
        for (const shape of [
          { m: 7, n: 9, k: 11 },
          { m: 1, n: 9, k: 11 },
          { m: 7, n: 1, k: 11 },
          { m: 7, n: 9, k: 1 },
          { m: 1, n: 1, k: 11 },
          { m: 70, n: 65, k: 130 },
        ]) {
          expect(
            worstError(makeCall(Type, shape, aLie, bLie)),
            `${bLie} ${JSON.stringify(shape)}`,
          ).toBeLessThan(1);
        }
      }
    });

    test("batches, with shared operands and irregular steps", () => {
      const call = makeCall(Type, { m: 6, n: 5, k: 4 }, "rows", "scattered", 3);
      expect(worstError(call)).toBeLessThan(1);
      expect(worstError({ ...call, bOffsets: [0, 0, 0] })).toBeLessThan(1);
      expect(worstError({ ...call, aOffsets: [0, 0, 0] })).toBeLessThan(1);
      expect(worstError({ ...call, aOffsets: Array.from(call.aOffsets).toReversed() })).toBeLessThan(1);
    });

    test("accumulates; otherwise what C held does not matter", () => {
      const call = makeCall(Type, { m: 6, n: 5, k: 4 }, "rows", "columns", 2);
      call.c.data.fill(3);
      expect(worstError({ ...call, accumulate: true })).toBeLessThan(1);
      call.c.data.fill(Infinity);
      expect(worstError(call)).toBeLessThan(1);
      expect([...call.c.data.subarray(0, 2)]).toEqual([Infinity, Infinity]); // before the offset
    });

    test("any shape, any layout", () => {
      const size = fc.integer({ min: 1, max: 40 });
      const lie = fc.constantFrom(...ways);
      fc.assert(
        fc.property(
          size,
          size,
          size,
          lie,
          lie,
          fc.integer({ min: 1, max: 3 }),
          (m, n, k, aLie, bLie, batch) => {
            expect(worstError(makeCall(Type, { m, n, k }, aLie, bLie, batch))).toBeLessThan(1);
          },
        ),
        { numRuns: 200 },
      );
    });

    test("NaN and infinity spread, past zeros too", () => {
      for (const [x, y, expected] of [
        [NaN, 0, NaN],
        [Infinity, 0, NaN],
        [Infinity, 2, Infinity],
        [0, -Infinity, NaN],
      ]) {
        for (const [m, n] of [
          [1, 8],
          [8, 1],
          [8, 8],
        ] as const) {
          const call = makeCall(Type, { m, n, k: 8 }, "rows", "rows");
          call.a.data[5] = x;
          call.b.data[5] = y;
          planGemm(call)!();
          expect(call.c.data[2], `${x}·${y}, ${m}×${n}`).toBe(expected);
        }
      }
    });

    test("two runs agree to the bit", () => {
      const call = makeCall(Type, { m: 150, n: 130, k: 170 }, "rows", "columns");
      planGemm(call)!();
      const first = call.c.data.slice();
      const moved = { ...call.a, data: new Type([0, ...call.a.data]), offset: call.a.offset + 1 };
      planGemm({ ...call, a: moved })!();
      expect(call.c.data).toEqual(first);
    });
  });

  test("empty products are left to others", () => {
    for (const shape of [
      { m: 0, n: 2, k: 2 },
      { m: 2, n: 0, k: 2 },
      { m: 2, n: 2, k: 0 },
    ]) {
      expect(planGemm(makeCall(Float32Array, shape, "rows", "rows"))).toBeUndefined();
    }
    expect(planGemm(makeCall(Float32Array, { m: 2, n: 2, k: 2 }, "rows", "rows", 0))).toBeUndefined();
  });

  test("an operand beyond its storage is an error, not a read of foreign memory", () => {
    const call = makeCall(Float64Array, { m: 4, n: 4, k: 4 }, "rows", "rows");
    expect(() => planGemm({ ...call, a: { ...call.a, offset: 6 } })).toThrow(LintelError);
    expect(() => planGemm({ ...call, b: { ...call.b, offset: -1 } })).toThrow(
      "Operand b spans elements -1…14",
    );
    expect(() => planGemm({ ...call, c: { ...call.c, offset: 3 } })).toThrow("Operand c");
  });

  test("auto leaves small products and rarely used odd strides to the WASM engine", () => {
    selectNative("auto");
    expect(nativeTakes(8, 8, 8)).toBe(false);
    expect(nativeTakes(64, 64, 64)).toBe(true);
    expect([preparingPays(1), preparingPays(1000)]).toEqual([false, true]);
    const thin = makeCall(Float32Array, { m: 2, n: 100, k: 100 }, "rows", "scattered");
    expect(planGemm(thin)).toBeUndefined();
    expect(worstError(makeCall(Float32Array, { m: 200, n: 100, k: 100 }, "rows", "scattered"))).toBeLessThan(
      1,
    );
    selectNative("off");
    expect(planGemm(makeCall(Float32Array, { m: 64, n: 64, k: 64 }, "rows", "rows"))).toBeUndefined();
  });
});
