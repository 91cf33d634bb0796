import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { LintelError } from "../base/errors.js";
import { gemmBatched, type BatchedGemmCall } from "./gemm.js";
import { requireKernels } from "./module.js";

function ramp(length: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * scale));
}

const offsets = (count: number, distance: number) => Array.from({ length: count }, (_, g) => g * distance);

/** Largest absolute error against float64 loops; the operands are at most 1 in size. */
function worstError(call: BatchedGemmCall): number {
  const { m, n, k, a, b, c, aOffsets, bOffsets, cOffsets } = call;
  gemmBatched(call);
  let worst = 0;
  for (let g = 0; g < cOffsets.length; g++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++) {
          const x = a.data[aOffsets[g] + a.offset + i * a.rowStride + p * a.colStride];
          sum += x * b.data[bOffsets[g] + b.offset + p * b.rowStride + j * b.colStride];
        }
        worst = Math.max(
          worst,
          Math.abs(sum - c.data[cOffsets[g] + c.offset + i * c.rowStride + j * c.colStride]),
        );
      }
    }
  }
  return worst;
}

const bound = (k: number) => (k + 4) * k * 2 ** -24 + 1e-12;

function slices(m: number, n: number, k: number, a: number[], b: number[]): BatchedGemmCall {
  const batch = a.length;
  return {
    m,
    n,
    k,
    a: { data: ramp(Math.max(...a) + m * k, 0.7), offset: 0, rowStride: k, colStride: 1 },
    b: { data: ramp(Math.max(...b) + k * n, 0.3), offset: 0, rowStride: n, colStride: 1 },
    c: { data: new Float32Array(batch * m * n).fill(NaN), offset: 0, rowStride: n, colStride: 1 },
    aOffsets: a,
    bOffsets: b,
    cOffsets: offsets(batch, m * n),
  };
}

describe("gemmBatched", () => {
  afterEach(() => {
    requireKernels().arena.limit = 64 * 2 ** 20;
  });

  test("one product per slice", () => {
    for (const [m, n, k] of [
      [1, 1, 1],
      [3, 4, 5],
      [16, 16, 16],
      [5, 1, 7],
      [1, 5, 7],
      [33, 65, 17],
    ]) {
      // prettier-ignore
      expect(worstError(slices(m, n, k, offsets(9, m * k), offsets(9, k * n)))).toBeLessThan(bound(k));
    }
  });

  test("a shared right operand, as in a linear layer", () => {
    expect(worstError(slices(6, 9, 11, offsets(5, 66), offsets(5, 0)))).toBeLessThan(bound(11));
    expect(worstError(slices(1, 90, 110, offsets(5, 110), offsets(5, 0)))).toBeLessThan(bound(110));
  });

  test("a shared left operand", () => {
    expect(worstError(slices(6, 9, 11, offsets(5, 0), offsets(5, 99)))).toBeLessThan(bound(11));
    const columns = { ...slices(6, 1, 11, offsets(5, 0), offsets(5, 11)), cOffsets: offsets(5, 1) };
    const c = { data: new Float32Array(30), offset: 0, rowStride: 5, colStride: 1 };
    expect(worstError({ ...columns, c })).toBeLessThan(bound(11));
  });

  test("long matrix-vector products, one slice at a time", () => {
    expect(worstError(slices(1, 90, 110, offsets(4, 110), offsets(4, 9900)))).toBeLessThan(bound(110));
    expect(worstError(slices(90, 1, 110, offsets(4, 9900), offsets(4, 110)))).toBeLessThan(bound(110));
  });

  test("irregular batches: any offsets, in any order, and any arena", () => {
    const offsetPairs = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, maxLength: 12 });
    const size = fc.integer({ min: 1, max: 12 });
    const limit = fc.constantFrom(2 ** 12, 2 ** 20);
    fc.assert(
      fc.property(offsetPairs, size, size, size, limit, (pairs, m, n, k, bytes) => {
        requireKernels().arena.limit = bytes;
        const a = pairs.map(([x]) => x * m * k);
        const b = pairs.map(([, y]) => y * k * n);
        expect(worstError(slices(m, n, k, a, b))).toBeLessThan(bound(k));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("heads of attention: slices that interleave in storage", () => {
    const [heads, seq, dim] = [4, 10, 8];
    const q = ramp(seq * heads * dim, 0.9);
    const perHead = offsets(heads, dim);
    const operand = { data: q, offset: 0, rowStride: heads * dim, colStride: 1 };
    const c = { data: new Float32Array(heads * seq * seq), offset: 0, rowStride: seq, colStride: 1 };
    const scores: BatchedGemmCall = {
      m: seq,
      n: seq,
      k: dim,
      a: operand,
      b: { data: q, offset: 0, rowStride: 1, colStride: heads * dim },
      c,
      aOffsets: perHead,
      bOffsets: perHead,
      cOffsets: offsets(heads, seq * seq),
    };
    expect(worstError(scores)).toBeLessThan(bound(dim));
  });

  test("no slices is no work, and a slice out of bounds is refused", () => {
    const none = { ...slices(2, 2, 2, [0], [0]), aOffsets: [], bOffsets: [], cOffsets: [] };
    gemmBatched(none);
    expect([...none.c.data]).toEqual([NaN, NaN, NaN, NaN]);
    const beyond = { ...slices(2, 2, 2, [0, 4], [0, 4]), aOffsets: [0, 5] };
    expect(() => gemmBatched(beyond)).toThrow(LintelError);
  });
});
