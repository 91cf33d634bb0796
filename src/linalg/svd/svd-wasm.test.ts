// The kernels of svd and svdvals in WebAssembly, over what is hard for them.
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import "../kernels.js";
import { withEngine } from "../../backends/engines.js";
import { selectWasmBuild } from "../../kernels/index.js";
import { permute } from "../../ops/permute/op.js";
import { select } from "../../ops/select/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import goldens from "../../../test/goldens/svd.json" with { type: "json" };
import { build, hardMatrices } from "../../../test/matrices.js";
import { epsilons, expectSvd as expectSvdOnAny } from "../../../test/svd-laws.js";
import { svdvals as svdvalsOnAny } from "../svdvals/op.js";
import { svd as svdOnAny } from "./op.js";

// What there is of LAPACK would come first.
const onWasm =
  <A extends unknown[], R>(run: (...operands: A) => R) =>
  (...operands: A): R =>
    withEngine("wasm", () => run(...operands));
const [svd, svdvals, expectSvd] = [onWasm(svdOnAny), onWasm(svdvalsOnAny), onWasm(expectSvdOnAny)];

const types = ["float64", "float32"] as const;
const numbers = (x: Tensor): number[] => Array.from(x.dataSync() as Float64Array, Number);
const decode = (text: string): Float64Array =>
  new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);

/** Expects values within `factor`·n·ε of the largest expected one. */
function expectValues(actual: Tensor, expected: ArrayLike<number>, n: number, factor = 2): void {
  const bound = factor * n * epsilons[actual.dtype]! * expected[0];
  const wrong = numbers(actual).flatMap((value, i) =>
    Math.abs(value - expected[i]) <= bound ? [] : [`${i} is ${value} instead of ${expected[i]}`],
  );
  expect(wrong, `singular values, within ${bound}`).toEqual([]);
}

afterEach(() => {
  selectWasmBuild("auto");
});

describe.each(types)("svd of %s", (dtype) => {
  const grade = dtype === "float64" ? 150 : 30;

  test("laws at the sizes where blocks, leaves and halves begin and end", () => {
    for (const n of [1, 2, 3, 15, 16, 17, 25, 26, 31, 32, 33, 51, 52, 53, 63, 64, 65, 103, 129]) {
      expectSvd(randn([n, n], { seed: n, dtype }));
    }
  });

  test("laws at 255 to 257 and 513", () => {
    for (const n of [255, 256, 257, 513]) expectSvd(randn([n, n], { seed: n, dtype }));
  });

  test.each([
    [1000, 7],
    [7, 1000],
    [65, 64],
    [64, 65],
    [100, 63],
    [63, 100],
    [300, 40],
    [40, 300],
    [1, 50],
    [50, 1],
    [2, 3],
  ])("laws of %i×%i, thin and full", (m, n) => {
    const a = randn([m, n], { seed: m * 1001 + n, dtype });
    const thin = expectSvd(a);
    const full = expectSvd(a, { fullMatrices: true });
    expect(full.S.toArray()).toEqual(thin.S.toArray());
  });

  test.each(hardMatrices(65, grade).map(([name], index) => [name, index] as const))(
    "laws: %s",
    (_, index) => {
      for (const [m, n] of [
        [65, 65],
        [90, 65],
        [33, 70],
        [120, 33],
        [3, 3],
      ]) {
        const a = build(m, n, hardMatrices(Math.max(m, n), grade)[index][1], dtype);
        const { S } = expectSvd(a, { fullMatrices: m === 90 });
        expectValues(svdvals(a), numbers(S), Math.max(m, n));
      }
    },
  );

  test("laws at 256 and 200×140 of the matrices whose singular values deflate or cluster", () => {
    const clusters = [
      "all zero",
      "zero columns",
      "rank two",
      "repeated columns",
      "orthogonal",
      "Hilbert",
      "Jordan",
    ];
    for (const n of [140, 256]) {
      const chosen = hardMatrices(n, grade).filter(([name]) => clusters.includes(name));
      expect(chosen).toHaveLength(clusters.length);
      for (const [, entry] of chosen) expectSvd(build(n === 140 ? 200 : n, n, entry, dtype));
    }
  });

  test("laws of denormal matrices", () => {
    const unit = dtype === "float64" ? 2 ** -1074 : 2 ** -149;
    for (const [m, n] of [
      [5, 3],
      [40, 60],
    ]) {
      const a = build(m, n, (i, j) => unit * (((i * 7 + j * 13 + i * j * 5) % 2001) - 1000), dtype);
      const { S } = expectSvd(a);
      const exact = build(m, n, (i, j) => ((i * 7 + j * 13 + i * j * 5) % 2001) - 1000);
      numbers(svd(exact).S).forEach((value, i) => {
        expect(Math.abs(numbers(S)[i] / unit - value)).toBeLessThanOrEqual(0.6 + 1e-12 * value);
      });
    }
  });

  test("laws on random shapes", () => {
    const size = fc.integer({ min: 0, max: 90 });
    fc.assert(
      fc.property(size, size, fc.integer(), fc.boolean(), (m, n, seed, fullMatrices) => {
        expectSvd(randn([m, n], { seed, dtype }), { fullMatrices });
      }),
      { numRuns: 40 },
    );
  });

  test("goldens: singular values by SciPy (gesvd)", () => {
    const golden: Record<string, string> = goldens.hard;
    for (const [name, entry] of hardMatrices(goldens.size, goldens.grade)) {
      if (golden[name] === undefined) continue;
      const a = build(goldens.size, goldens.size, entry, dtype);
      expectValues(svd(a).S, decode(golden[name]), goldens.size);
      expectValues(svdvals(a), decode(golden[name]), goldens.size);
      expectValues(svdvals(transpose(a)), decode(golden[name]), goldens.size);
    }
  });

  test("singular values alone are those with vectors, and the reference's", () => {
    for (const [m, n] of [
      [40, 40],
      [12, 30],
      [70, 20],
    ]) {
      const a = randn([m, n], { seed: m, dtype });
      const expected = withEngine("reference", () => svdOnAny(a));
      expectValues(svd(a).S, numbers(expected.S), n);
      expectValues(svdvals(a), numbers(expected.S), n);
      expect(numbers(withEngine("reference", () => svdvalsOnAny(a)))).toEqual(numbers(expected.S));
    }
  });

  test("vectors and signs are the reference's", () => {
    // Singular values far apart, so that the vectors are determined.
    const a = build(20, 12, (i, j) => Math.cos(i * (j + 1)) * 2 ** -j, dtype);
    const [ours, reference] = [svd(a), withEngine("reference", () => svdOnAny(a))];
    for (const factor of ["U", "Vh"] as const) {
      const expected = numbers(reference[factor]);
      numbers(ours[factor]).forEach((x, i) => {
        expect(Math.abs(x - expected[i])).toBeLessThan(epsilons[dtype]! * 2 ** 16);
      });
    }
  });

  test("batches, strides, and twice the same", () => {
    const batch = randn([2, 3, 20, 14], { seed: 5, dtype });
    const { U, S, Vh } = svd(batch);
    expect([U.shape, S.shape, Vh.shape]).toEqual([
      [2, 3, 20, 14],
      [2, 3, 14],
      [2, 3, 14, 14],
    ]);
    const strided = permute(batch, [1, 0, 3, 2]); // [3, 2, 14, 20]
    const values = numbers(S);
    numbers(svdvals(strided)).forEach((value, at) => {
      const [i, j, k] = [Math.floor(at / 28), Math.floor(at / 14) % 2, at % 14];
      expect(Math.abs(value - values[(j * 3 + i) * 14 + k])).toBeLessThan(200 * epsilons[dtype]!);
    });
    const again = svd(batch);
    expect([again.U, again.S, again.Vh].map(numbers)).toEqual([U, S, Vh].map(numbers));
    for (let i = 0; i < 6; i++) {
      const one = tensor((batch.dataSync() as Float64Array).slice(i * 280, (i + 1) * 280), {
        shape: [20, 14],
        dtype,
      });
      expect(numbers(svd(one).U)).toEqual(numbers(U).slice(i * 280, (i + 1) * 280));
    }
  });
});

test("laws in the plain build", () => {
  selectWasmBuild("plain");
  for (const dtype of types) {
    for (const [m, n] of [
      [80, 80],
      [33, 100],
    ]) {
      expectSvd(randn([m, n], { seed: 1, dtype }), { fullMatrices: true });
    }
  }
});

test("half types, and a thousand small matrices in more than one call", () => {
  expectSvd(build(9, 6, (i, j) => ((i * 5 + j * 3) % 7) - 3, "float16"));
  expectSvd(build(6, 9, (i, j) => ((i * 5 + j * 3) % 7) - 3, "bfloat16"));
  const { U, S } = svd(randn([9000, 16, 16], { seed: 2 }));
  const last = tensor((randn([9000, 16, 16], { seed: 2 }).dataSync() as Float32Array).slice(-256), {
    shape: [16, 16],
  });
  expect(numbers(svd(last).S)).toEqual(numbers(S).slice(-16));
  expect(numbers(svd(last).U)).toEqual(numbers(U).slice(-256));
  const big = randn([3, 90, 70], { seed: 2 });
  expect(numbers(svd(select(big, 0, 2)).S)).toEqual(numbers(svd(big).S).slice(-70));
});

test("empty matrices and empty batches", () => {
  expect(svd(zeros([0, 5, 3])).U.shape).toEqual([0, 5, 3]);
  expect(svdvals(zeros([2, 0, 3])).shape).toEqual([2, 0]);
  expect(svdvals(zeros([0, 3, 3])).shape).toEqual([0, 3]);
});
