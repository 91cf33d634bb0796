import { describe, expect, test } from "vitest";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose } from "../../../test/expect.js";
import { build, deficient, regular } from "../../../test/hard-matrices.js";
import "../kernels.js";
import { slogdet, slogdetOp } from "../slogdet/op.js";
import { determinant, logDeterminant } from "./determinant.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { det, detOp } from "./op.js";

const a = tensor(
  Float64Array.from({ length: 9 }, (_, i) => Math.sin(i) + (i % 4 === 0 ? 1 : 0)),
  { shape: [3, 3] },
);
const negated = tensor(
  (a.dataSync() as Float64Array).map((x) => -x),
  { shape: [3, 3] },
);
const stacked = (...matrices: readonly Tensor[]): Tensor =>
  tensor(Float64Array.from(matrices.flatMap((m) => [...(m.dataSync() as Float64Array)])), {
    shape: [matrices.length, ...matrices[0].sizes],
  });

describe.each(fasterEngines)("det and slogdet, %s", (engine) => {
  useEngine(engine);

  // a = np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3); b = np.stack([a, a @ a, -a]); np.linalg.det(b), slogdet(b)
  test("golden", () => {
    const batch = stacked(a, matmul(a, a), negated);
    expectClose(det(batch), [1.2491307605264832, 1.5603276568934712, -1.2491307605264832], 1e-14);
    const { sign, logabsdet } = slogdet(batch);
    expect(sign.toArray()).toEqual([1, 1, -1]);
    expectClose(logabsdet, [0.22244791783852386, 0.4448958356770482, 0.22244791783852386], 1e-13);
  });

  test.each([0, 1, 2, 3, 5, 16, 17, 32, 33, 64, 65])(
    "det(AB) = det A · det B, det Aᵀ = det A, n = %i",
    (n) => {
      const [x, y] = [1, 2].map((seed) => randn([n, n], { seed, dtype: "float64" }));
      const [left, right, both] = [x, y, matmul(x, y)].map((m) => slogdet(m));
      expect(left.sign.item() * right.sign.item()).toBe(both.sign.item());
      const sum = left.logabsdet.item() + right.logabsdet.item();
      expect(Math.abs(both.logabsdet.item() - sum)).toBeLessThan(1e-10 * (1 + Math.abs(sum)));
      const turned = slogdet(transpose(x));
      expect(turned.sign.item()).toBe(left.sign.item());
      expect(Math.abs(turned.logabsdet.item() - left.logabsdet.item())).toBeLessThan(1e-10);
      const value = left.sign.item() * Math.exp(left.logabsdet.item());
      expect(Math.abs(det(x).item() - value)).toBeLessThan(1e-11 * Math.abs(value));
    },
  );

  test.each([
    ["cyclic permutation", 4, -1],
    ["cyclic permutation", 33, 1],
    ["reversed identity", 4, 1],
    ["reversed identity", 6, -1],
    ["identity", 40, 1],
  ])("%s of size %i has determinant %i", (name, n, expected) => {
    expect(det(build(n, "float32", regular[name])).item()).toBe(expected);
  });

  test("singular matrices: 0, and sign 0 with logarithm -Infinity", () => {
    for (const name of ["all zero", "all ones", "zero columns", "zero rows", "nilpotent"]) {
      const matrix = build(9, "float64", deficient[name]);
      expect(det(matrix).item()).toBe(0);
      expect([slogdet(matrix).sign.item(), slogdet(matrix).logabsdet.item()]).toEqual([0, -Infinity]);
    }
  });

  test("nothing overflows on the way to a result that does not", () => {
    const diagonal = [1e300, 1e-300, 1e300, 1e-300, 3, 1e200, 1e-200];
    const n = diagonal.length;
    const matrix = build(n, "float64", (i, j) => (i === j ? diagonal[i] : 0));
    expect(Math.abs(det(matrix).item() - 3)).toBeLessThan(1e-14);
    expect(determinant([1e-200, 1e-200, 1e300, 1e300], true)).toBeCloseTo(-1e200, -186);
    expect(determinant([5e-324, 2 ** 1023, 2], false)).toBe(2 ** -1074 * 2 ** 1023 * 2);
    expect(determinant([1e300, 1e300], true)).toBe(-Infinity);
    expect(determinant([1e-300, 1e-300], false)).toBe(0);
    expect(determinant([], false)).toBe(1);
    expect(logDeterminant([], false)).toEqual({ sign: 1, logMagnitude: 0 });
  });

  // np.linalg.slogdet(np.eye(500) * 1e3)
  test("slogdet of what det cannot hold", () => {
    const large = build(500, "float32", (i, j) => (i === j ? 1e3 : 0));
    expect(det(large).item()).toBe(Infinity);
    expect(slogdet(large).logabsdet.item()).toBeCloseTo(3453.877639491095, 2);
    expect(slogdet(build(500, "float64", (i, j) => (i === j ? 1e3 : 0))).logabsdet.item()).toBeCloseTo(
      3453.877639491095,
      9,
    );
  });

  test("batches, empty ones and half types", () => {
    const batch = randn([2, 3, 4, 4], { seed: 8 });
    expect(det(batch).shape).toEqual([2, 3]);
    expect(det(zeros([3, 0, 0])).toArray()).toEqual([1, 1, 1]);
    expect(slogdet(zeros([0, 2, 2])).sign.shape).toEqual([0]);
    expect(det(eye(3, 3, { dtype: "bfloat16" })).dtype).toBe("bfloat16");
  });

  test("shape and cost", () => {
    expect(String(det(abstractTensor(["B", "n", "n"])).dims)).toBe("B");
    const input = [abstractTensor([4, 30, 30])];
    const [d, s] = [detOp, slogdetOp].map((op) =>
      op.cost({ inputs: input, outputs: op.infer(input, undefined), attributes: undefined }).flops.value(),
    );
    expect(d).toBe(BigInt(4 * ((2 * 30 ** 3) / 3 + 30)));
    expect(s).toBe(BigInt(4 * ((2 * 30 ** 3) / 3 + 60)));
  });

  test("errors", () => {
    expect(() => det(zeros([2, 3]))).toThrow("det: [2, 3] is not square: 2 rows and 3 columns");
    expect(() => slogdet(zeros([3]))).toThrow("slogdet: needs at least 2 axes, got [3]");
    expect(() => det(tensor([[Infinity]]))).toThrow("det: [1, 1] has Infinity at [0, 0]");
  });
});
