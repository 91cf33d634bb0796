import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { matmul } from "../../ops/matmul/op.js";
import { sub } from "../../ops/sub/op.js";
import { stack } from "../../ops/stack/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, randn, tensor, zeros } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { chirp, expectClose, largestDifference } from "../../../test/expect.js";
import { matrixNorm, vectorNorm } from "../norm/op.js";
import { epsilonOf } from "../common/precision.js";
import { qr } from "../qr/op.js";
import { cond } from "./cond.js";
import { lstsq } from "./lstsq.js";
import { matrixRank } from "./matrixRank.js";
import { pinv } from "./pinv.js";

const float64 = { dtype: "float64" } as const;
const diagonal = (...values: number[]): Tensor =>
  tensor(
    values.map((value, i) => values.map((_, j) => (i === j ? value : 0))),
    float64,
  );
const hilbert = (n: number): Tensor =>
  tensor(
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_unused, j) => 1 / (i + j + 1))),
    float64,
  );
/** A random m × n matrix of rank r. */
const ofRank = (m: number, n: number, r: number, seed: number, dtype: DType = "float64"): Tensor =>
  matmul(randn([m, r], { seed, dtype }), randn([r, n], { seed: seed + 1, dtype }));

// numpy.linalg.lstsq of numpy.sin(numpy.arange(size) ** 2 * step)
describe("lstsq as NumPy's", () => {
  const a = chirp([6, 3], 0.37);

  test("tall, one right side", () => {
    const { solution, residuals, rank, singularValues } = lstsq(a, chirp([6], 0.7));
    expectClose(solution, [-0.5515968067348306, -0.03922405936288642, -0.2998614832158387], 1e-13);
    expectClose(residuals, 1.8382218182898677, 1e-13);
    expect(rank.item()).toBe(3);
    expectClose(singularValues, [1.9700991500369294, 1.4934323011607147, 0.6201398270043458], 1e-13);
  });

  test("tall, two right sides", () => {
    const { solution, residuals } = lstsq(a, chirp([6, 2], 0.7));
    expectClose(
      solution,
      [
        [0.2587450044155513, -0.09939881028797498],
        [0.09980449324715396, 0.3106833796290663],
        [0.4862095900760302, 0.556257515728907],
      ],
      1e-13,
    );
    expectClose(residuals, [1.6523088395528533, 0.18542591292899954], 1e-13);
  });

  test("wide: the solution of least norm, and no residual", () => {
    const { solution, residuals, rank } = lstsq(chirp([3, 6], 0.37), chirp([3], 0.7));
    expectClose(
      solution,
      [
        0.3729711012273589, -0.26975750390411746, 0.0043129085755418805, 0.2180349199644641,
        -0.14257608937828928, 0.4798418187128597,
      ],
      1e-13,
    );
    expect(residuals.item()).toBeLessThan(1e-30);
    expect(rank.item()).toBe(3);
  });

  test("of rank 1", () => {
    const outer = tensor(
      [1, 2, 3, 4].map((x) => [x, -2 * x, 3 * x]),
      float64,
    );
    const { solution, rank } = lstsq(outer, tensor([1, 0, 2, -1], float64));
    expectClose(solution, [0.1 / 14, -0.2 / 14, 0.3 / 14], 1e-14);
    expect(rank.item()).toBe(1);
  });
});

describe("lstsq", () => {
  test("the residual is orthogonal to the range, at every shape and rank", () => {
    const shapes = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 12 }), fc.nat(), ([m, n], r, seed) => {
        const a = ofRank(m, n, Math.min(r, m, n), seed);
        const b = randn([m, 2], { seed: seed + 2, dtype: "float64" });
        const { solution, residuals } = lstsq(a, b);
        const left = sub(b, matmul(a, solution));
        const bound = 100 * (m + n) * 2 ** -52;
        const size = matrixNorm(a).item();
        const scale = size * (matrixNorm(b).item() + size * matrixNorm(solution).item());
        expect(matrixNorm(matmul(transpose(a), left)).item()).toBeLessThanOrEqual(bound * scale);
        expectClose(
          residuals,
          (vectorNorm(left, { axis: 0 }).toArray() as number[]).map((x) => x * x),
          1e-10,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("of all solutions the one of least norm: it lies in the range of Aᵀ", () => {
    const a = ofRank(7, 9, 4, 3);
    const { solution } = lstsq(a, randn([7], { seed: 9, dtype: "float64" }));
    const projected = matmul(pinv(a), matmul(a, solution));
    expect(largestDifference(projected, solution)).toBeLessThan(1e-12);
  });

  test.each(["float32", "float16", "bfloat16"] as const)("in %s", (dtype) => {
    const a = randn([8, 3], { seed: 1, dtype });
    const x = tensor([1, -2, 3], { dtype });
    const { solution, residuals } = lstsq(a, matmul(a, x));
    expect([solution.dtype, residuals.dtype]).toEqual([dtype, dtype]);
    expect(largestDifference(solution, x)).toBeLessThan(10 * 8 * epsilonOf(dtype));
  });

  test("batches share a right side or bring their own", () => {
    const [a, b] = [randn([5, 2], { seed: 1 }), randn([5, 2], { seed: 2 })];
    const right = randn([5], { seed: 3 });
    const { solution, rank, residuals } = lstsq(stack([a, b]), right);
    expect([solution.shape, rank.shape, residuals.shape]).toEqual([[2, 2], [2], [2]]);
    const each = stack([lstsq(a, right).solution, lstsq(b, right).solution]);
    expect(largestDifference(solution, each)).toBeLessThan(1e-6);
    expect(lstsq(stack([a, b]), randn([2, 5, 4])).solution.shape).toEqual([2, 2, 4]);
  });

  test.each([1e-300, 1e300])("entries of %d", (scale) => {
    const { solution, rank } = lstsq(diagonal(scale, 2 * scale), tensor([scale, scale], float64));
    expectClose(solution, [1, 0.5], 1e-15);
    expect(rank.item()).toBe(2);
  });

  test("rcond cuts singular values off", () => {
    const { solution, rank } = lstsq(diagonal(1, 1e-3), tensor([1, 1], float64), { rcond: 1e-2 });
    expect(solution.toArray()).toEqual([1, 0]);
    expect(rank.item()).toBe(1);
  });

  // Läuchli's columns are equal up to 1e-7: the normal equations lose the difference, the svd does not.
  test("the matrix of Läuchli, where normal equations fail", () => {
    const e = 1e-7;
    const a = tensor([[1, 1], [e, 0], [0, e]], float64); // prettier-ignore
    const { solution, rank } = lstsq(a, matmul(a, tensor([1, 2], float64)));
    expect(rank.item()).toBe(2);
    expectClose(solution, [1, 2], 1e-8);
    expect(cond(a).item() * e).toBeCloseTo(Math.SQRT2, 6);
  });

  test("entries that underflow", () => {
    const tiny = 2 ** -1060;
    expect(lstsq(diagonal(tiny, 2 * tiny), tensor([tiny, tiny], float64)).solution.toArray()).toEqual([
      1, 0.5,
    ]);
  });

  test("zero and empty matrices", () => {
    const zero = lstsq(zeros([3, 2]), tensor([1, 2, 2]));
    expect(zero.solution.toArray()).toEqual([0, 0]);
    expect(zero.residuals.item()).toBe(9);
    expect(zero.rank.item()).toBe(0);
    expect(lstsq(zeros([0, 2]), zeros([0])).solution.toArray()).toEqual([0, 0]);
    expect(lstsq(zeros([2, 0]), tensor([3, 4])).residuals.item()).toBe(25);
  });

  test("shapes on names", () => {
    const { solution, residuals, rank } = lstsq(abstractTensor(["B", 8, 3]), abstractTensor(["B", 8, "k"]));
    expect([solution, residuals, rank].map((x) => String(x.dims))).toEqual(["B,3,k", "B,k", "B"]);
  });

  test("errors", () => {
    expect(() => lstsq(zeros([3, 2]), zeros([2]))).toThrow("a [3, 2] has 3 rows and b [2] has 2");
    expect(() => lstsq(zeros([3, 2]), zeros([1, 3]))).toThrow("did you mean b.transpose()?");
    expect(() => lstsq(zeros([3, 2]), zeros([]))).toThrow(LinAlgError);
    expect(() => lstsq(zeros([3]), zeros([3]))).toThrow("lstsq: needs at least 2 axes, got [3]");
    expect(() => lstsq(zeros([3, 2]), zeros([3]), { rcond: -1 })).toThrow(ConfigError);
    expect(() => lstsq(tensor([[NaN]]), zeros([1]))).toThrow(LinAlgError);
  });
});

describe("pinv", () => {
  test("as NumPy's", () => {
    const first = chirp([6, 3], 0.37).toArray() as number[][];
    expectClose(
      pinv(tensor(first.slice(0, 4), float64)),
      [
        [1.166001798604032, 0.28863614486331085, 0.909221652797914, -0.4352779861498648],
        [-0.45494329588025145, -0.5399478175459477, -0.9414387865693069, -0.5473493783636982],
        [1.1440644412589305, 0.33882422074685054, 0.30330076648898785, 0.1452163363120949],
      ],
      1e-13,
    );
  });

  test("the four conditions of Penrose, at every shape and rank", () => {
    const side = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(side, side, side, fc.nat(), (m, n, r, seed) => {
        const a = ofRank(m, n, Math.min(r, m, n), seed);
        const x = pinv(a);
        const [ax, xa] = [matmul(a, x), matmul(x, a)];
        const c = 100 * (m + n) * 2 ** -52 * matrixNorm(a).item() * matrixNorm(x).item();
        expect(matrixNorm(sub(matmul(ax, a), a)).item()).toBeLessThanOrEqual(c * matrixNorm(a).item());
        expect(matrixNorm(sub(matmul(xa, x), x)).item()).toBeLessThanOrEqual(c * matrixNorm(x).item());
        expect(largestDifference(ax, transpose(ax))).toBeLessThanOrEqual(c);
        expect(largestDifference(xa, transpose(xa))).toBeLessThanOrEqual(c);
      }),
      { numRuns: 60 },
    );
  });

  test.each([1e-300, 1e300])("entries of %d", (scale) => {
    expectClose(pinv(diagonal(scale, 2 * scale)), [[1 / scale, 0], [0, 0.5 / scale]], 1e-15); // prettier-ignore
  });

  test("batches, empty, zero, dtype", () => {
    expect(pinv(zeros([4, 3, 2])).shape).toEqual([4, 2, 3]);
    expect(pinv(zeros([3, 0])).shape).toEqual([0, 3]);
    expect(pinv(zeros([2, 3])).toArray()).toEqual([[0, 0], [0, 0], [0, 0]]); // prettier-ignore
    expect(pinv(eye(2, 2, { dtype: "bfloat16" })).dtype).toBe("bfloat16");
    expect(pinv(diagonal(1, 1e-3), { rcond: 0.1 }).toArray()).toEqual([[1, 0], [0, 0]]); // prettier-ignore
    expect(() => pinv(eye(2), { rcond: NaN })).toThrow("pinv: rcond must be a number >= 0, got NaN");
  });
});

describe("matrixRank", () => {
  test("of products of thin matrices", () => {
    const side = fc.integer({ min: 1, max: 14 });
    const dtype = fc.constantFrom("float32" as const, "float64" as const);
    fc.assert(
      fc.property(side, side, fc.nat({ max: 14 }), fc.nat(), dtype, (m, n, r, seed, type) => {
        // Orthonormal factors, so that no singular value is small by chance.
        const rank = Math.min(r, m, n);
        const left = qr(randn([m, rank], { seed, dtype: type })).Q!;
        const right = qr(randn([n, rank], { seed: seed + 1, dtype: type })).Q!;
        expect(matrixRank(matmul(left, transpose(right))).item()).toBe(rank);
      }),
      { numRuns: 60 },
    );
  });

  test("of hard matrices, as NumPy", () => {
    expect(matrixRank(hilbert(12)).item()).toBe(11);
    expect(matrixRank(zeros([3, 3])).item()).toBe(0);
    expect(matrixRank(zeros([0, 3])).item()).toBe(0);
    expect(matrixRank(stack([eye(3), zeros([3, 3])])).toArray()).toEqual([3, 0]);
  });

  test("cut-offs, absolute and relative", () => {
    const a = diagonal(10, 1e-3, 1e-6);
    expect(matrixRank(a).item()).toBe(3);
    expect(matrixRank(a, { tol: 1e-4 }).item()).toBe(2);
    expect(matrixRank(a, { rtol: 1e-3 }).item()).toBe(1);
    expect(matrixRank(a, { tol: 1e-4, rtol: 1e-3 }).item()).toBe(1);
    expect(() => matrixRank(a, { tol: -1 })).toThrow("matrixRank: tol must be a number >= 0, got -1");
  });
});

// Matrices whose singular values, or their inverses, leave the range of the dtype.
describe.each([
  ["float32", 2 ** 126],
  ["float32", 2 ** -140],
  ["float64", 2 ** 1022],
  ["float64", 2 ** -1060],
] as const)("%s at the edge of the range, %d", (dtype, edge) => {
  const n = 6;
  const entries = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 7 : (at % 5) - 2) / 8);
  const of = (unit: number): Tensor =>
    tensor(
      Float64Array.from(entries, (entry) => entry * unit),
      { shape: [n, n], dtype },
    );
  const [plain, extreme] = [of(1), of(edge)];

  test("matrixRank does not depend on the scale", () => {
    expect(matrixRank(extreme).item()).toBe(n);
  });

  test.each(["fro", "nuc", 1, -1, 2, -2, Infinity, -Infinity] as const)("nor does cond by ord %s", (ord) => {
    const ratio = cond(extreme, { ord }).item() / cond(plain, { ord }).item();
    expect(Math.abs(ratio - 1)).toBeLessThan(100 * n * epsilonOf(dtype));
  });

  test("pinv and lstsq are those of the plain matrix over the scale", () => {
    const b = tensor(
      Float64Array.from({ length: n }, (_, i) => (i - 2) * edge),
      { dtype },
    );
    const { solution, rank } = lstsq(extreme, b);
    expect(rank.item()).toBe(n);
    const expected = lstsq(plain, tensor([-2, -1, 0, 1, 2, 3], { dtype })).solution;
    expectClose(solution, expected.toArray(), 1000 * epsilonOf(dtype));
    if (edge < 1) return; // 1/edge overflows
    const inverse = pinv(extreme).dataSync() as Float64Array;
    const wanted = pinv(plain).dataSync() as Float64Array;
    // Below the smallest normal number digits are lost.
    inverse.forEach((x, i) => expect(Math.abs(x * edge - wanted[i])).toBeLessThan(1e-2));
  });
});

// numpy.linalg.cond(numpy.sin(numpy.arange(16) ** 2 * 0.37).reshape(4, 4), ord)
describe("cond", () => {
  test.each([
    [2, 192.52807859352777],
    [-2, 0.0051940475763602055],
    ["fro" as const, 227.9666900685345],
    ["nuc" as const, 374.3179735397643],
    [1, 291.1106062549647],
    [-1, 45.66523953610457],
    [Infinity, 456.00573542029434],
    [-Infinity, 60.82726198975428],
  ])("ord %s", (ord, expected) => {
    expect(cond(chirp([4, 4], 0.37), { ord }).item() / expected).toBeCloseTo(1, 12);
  });

  test("the Hilbert matrix of 8", () => {
    expect(cond(hilbert(8)).item() / 15257575563.722723).toBeCloseTo(1, 6);
  });

  test.each(["fro", "nuc", 1, -1, 2, Infinity, -Infinity] as const)(
    "singular by ord %s is Infinity",
    (ord) => {
      expect(cond(diagonal(1, 0), { ord }).item()).toBe(Infinity);
      expect(cond(zeros([2, 2]), { ord }).item()).toBe(Infinity);
    },
  );

  test("rectangles, batches, scale", () => {
    expect(cond(tensor([[3, 0, 0], [0, 4, 0]])).item()).toBeCloseTo(4 / 3, 6); // prettier-ignore
    expect(cond(stack([eye(2), zeros([2, 2])])).toArray()).toEqual([1, Infinity]);
    expect(cond(diagonal(1e300, 1e-300), { ord: 1 }).item()).toBe(Infinity); // beyond float64
    expect(cond(diagonal(1e-60, 1e60), { ord: 1 }).item() / 1e120).toBeCloseTo(1, 12);
    expect(cond(diagonal(2, 0), { ord: -2 }).item()).toBe(0);
    expect(cond(zeros([2, 2]), { ord: -2 }).item()).toBe(Infinity);
  });

  test("errors", () => {
    expect(() => cond(zeros([2, 3]), { ord: 1 })).toThrow("cond: [2, 3] is not square");
    expect(() => cond(zeros([0, 0]))).toThrow("cond: [0, 0] is empty");
    expect(() => cond(eye(2), { ord: 3 })).toThrow("cond: unknown ord 3; use fro, nuc, 1");
  });
});
