import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { stack } from "../../ops/stack/op.js";
import { sub } from "../../ops/sub/op.js";
import { abstractTensor, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { openSafetensors } from "../../formats/index.js";
import { testWithData } from "../../../test/data.js";
import { largestDifference } from "../../../test/expect.js";
import { matrixNorm } from "../norm/op.js";
import { svd } from "../svd/op.js";
import { lowRank } from "./lowRank.js";
import { svdLowrank } from "./svdLowrank.js";

const difference = (a: Tensor, W1: Tensor, W2: Tensor): Tensor =>
  sub(cast(a, "float64"), matmul(cast(W1, "float64"), cast(W2, "float64")));

describe("lowRank", () => {
  test("the errors are those of the product, in both norms", () => {
    const side = fc.integer({ min: 1, max: 16 });
    fc.assert(
      fc.property(side, side, fc.nat({ max: 16 }), fc.nat(), (m, n, k, seed) => {
        const a = randn([m, n], { seed, dtype: "float64" });
        const { W1, W2, error, spectralError } = lowRank(a, Math.min(k, m, n));
        const rest = difference(a, W1, W2);
        const norm = matrixNorm(a).item();
        expect(Math.abs(matrixNorm(rest).item() / norm - error)).toBeLessThan(1e-13);
        expect(Math.abs(matrixNorm(rest, { ord: 2 }).item() - spectralError)).toBeLessThan(1e-13 * norm);
      }),
      { numRuns: 50 },
    );
  });

  // Eckart and Young: no other matrix of rank k is nearer.
  test("no product of that rank is nearer", () => {
    const a = randn([8, 6], { seed: 3, dtype: "float64" });
    const { error } = lowRank(a, 2);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 1e-6, max: 1, noNaN: true }), (seed, step) => {
        const { W1, W2 } = lowRank(a, 2);
        const moved = (x: Tensor, s: number): Tensor =>
          sub(x, mul(randn(x.sizes, { seed: s, dtype: "float64" }), step));
        const other = matrixNorm(difference(a, moved(W1, seed), moved(W2, seed + 1))).item();
        expect(other / matrixNorm(a).item()).toBeGreaterThanOrEqual(error - 1e-14);
      }),
    );
  });

  test("split factors are of equal size, left ones have orthonormal rows in W2", () => {
    const a = randn([9, 5], { seed: 1, dtype: "float64" });
    const { S, Vh } = svd(a);
    const [split, left] = [lowRank(a, 3), lowRank(a, 3, { balance: "left" })];
    expect(matrixNorm(split.W1).item()).toBeCloseTo(matrixNorm(split.W2).item(), 12);
    expect(matrixNorm(left.W2).item()).toBeCloseTo(Math.sqrt(3), 12);
    expect(largestDifference(left.W2, Vh.withView({ dims: [3, 5], strides: Vh.strides }))).toBeLessThan(
      1e-14,
    );
    expect(left.spectralError).toBe((S.toArray() as number[])[3]);
    expect(largestDifference(matmul(split.W1, split.W2), matmul(left.W1, left.W2))).toBeLessThan(1e-13);
  });

  test("batches, rank 0 and all, zero, dtypes, names", () => {
    const a = stack([randn([4, 3], { seed: 1 }), zeros([4, 3])]);
    expect([lowRank(a, 2).W1.shape, lowRank(a, 2).W2.shape]).toEqual([[2, 4, 2], [2, 2, 3]]); // prettier-ignore
    expect(lowRank(a, 0).error).toBe(1);
    expect(lowRank(a, 3).error).toBe(0);
    expect(lowRank(zeros([3, 3]), 1)).toMatchObject({ error: 0, spectralError: 0 });
    expect(lowRank(randn([3, 3], { dtype: "bfloat16" }), 1).W1.dtype).toBe("bfloat16");
    const { W1, error } = lowRank(abstractTensor(["B", 6, 4]), 2);
    expect([String(W1.dims), error]).toEqual(["B,6,2", NaN]);
    expect(lowRank(tensor([[3e200, 0], [0, 4e200]], { dtype: "float64" }), 1).error).toBeCloseTo(0.6, 14); // prettier-ignore
  });

  test("errors", () => {
    expect(() => lowRank(zeros([3, 2]), 3)).toThrow(
      "lowRank: the rank of [3, 2] is an integer from 0 to 2, got 3",
    );
    expect(() => lowRank(zeros([3, 2]), 1, { balance: "right" as "left" })).toThrow(ConfigError);
    expect(() => lowRank(tensor([[Infinity]]), 1)).toThrow(LinAlgError);
  });
});

describe("the attention projections of GPT-2", () => {
  testWithData("certified errors hold, near the best, from every route", async (folder) => {
    const file = await openSafetensors(`${folder}/weights/gpt2-124M-cproj-0-3.safetensors`);
    for (const layer of [0, 3]) {
      const w = await file.tensor(`h.${layer}.attn.c_proj.weight`);
      const S = svd(w).S.toArray() as number[];
      const tail = (k: number): number => S.slice(k).reduce((sum, x) => sum + x * x, 0);
      const checked = (options: Parameters<typeof svdLowrank>[1]): number => {
        const { U, S: values, Vh, error } = svdLowrank(w, options);
        const weighted = mul(cast(U, "float64"), cast(values, "float64"));
        const real = matrixNorm(difference(w, weighted, Vh)).item() / matrixNorm(w).item();
        expect(error).toBeGreaterThanOrEqual(real * (1 - 1e-7));
        expect(error).toBeLessThanOrEqual(real * 1.02);
        return values.size;
      };
      expect(checked({ rank: 64 })).toBe(64);
      const best = Math.sqrt(tail(64) / tail(0));
      expect(svdLowrank(w, { rank: 64 }).error).toBeLessThan(best * 1.03);
      for (const tolerance of [0.8, 0.3]) {
        const least = S.findIndex((_, k) => Math.sqrt(tail(k) / tail(0)) <= tolerance);
        const found = checked({ tolerance });
        expect(found).toBeGreaterThanOrEqual(least - 1);
        expect(found).toBeLessThanOrEqual(least + 2);
      }
    }
  });
});
