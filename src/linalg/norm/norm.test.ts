import { describe, expect, test } from "vitest";
import "../../backends/cpu.js";
import { randn, tensor, zeros } from "../../tensor/create.js";
import { matmul } from "../../ops/matmul/op.js";
import { LinAlgError } from "../../base/errors.js";
import { mul } from "../../ops/mul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { trace } from "../trace/op.js";
import { matrixNorm, vectorNorm } from "./op.js";

const x = tensor([3, -4, 0], { dtype: "float64" });
const a = tensor(
  [
    [1, -2],
    [3, 4],
    [5, -6],
  ],
  { dtype: "float64" },
);

describe("vectorNorm", () => {
  test.each([
    [2, 5],
    [1, 7],
    [0, 2],
    [Infinity, 4],
    [-Infinity, 0],
    [3, 91 ** (1 / 3)],
  ])("ord %d of [3, -4, 0] is %d", (ord, expected) => {
    expect(vectorNorm(x, { ord }).item()).toBeCloseTo(expected, 14);
  });

  test("along axes, with keepdims", () => {
    const [first, second] = vectorNorm(a, { axis: 0 }).toArray() as number[];
    expect(first ** 2).toBeCloseTo(35, 12);
    expect(second ** 2).toBeCloseTo(56, 12);
    expect(vectorNorm(a, { axis: [0, 1], keepdims: true }).shape).toEqual([1, 1]);
  });

  test.each([1e-300, 1e300])("entries of %d neither overflow nor vanish", (scale) => {
    const norm = vectorNorm(tensor([3 * scale, 4 * scale], { dtype: "float64" })).item();
    expect(norm / scale).toBeCloseTo(5, 13);
  });

  test.each([1, 2, 3, 0.5, -1, -2.5])("ord %d at every scale is that of scale 1", (ord) => {
    const values = tensor([3, -1, 2, 0.5], { dtype: "float64" });
    for (const scale of [1e-300, 1e-160, 1e160, 1e300]) {
      const ratio = vectorNorm(mul(values, scale), { ord }).item() / scale;
      expect(ratio / vectorNorm(values, { ord }).item()).toBeCloseTo(1, 12);
    }
  });

  test("graded entries: the small ones count beside nothing larger", () => {
    expect(vectorNorm(tensor([1e-170, 1e-200, 0], { dtype: "float64" })).item()).toBe(1e-170);
    expect(vectorNorm(tensor([1e200, 1], { dtype: "float64" })).item()).toBe(1e200);
    expect(vectorNorm(tensor([1e200, 1e-200], { dtype: "float64" }), { ord: -1 }).item()).toBe(1e-200);
  });

  test("NaN and infinity come through", () => {
    expect(vectorNorm(tensor([1, NaN]), { ord: 3 }).item()).toBeNaN();
    expect(vectorNorm(tensor([1, NaN]), { ord: -Infinity }).item()).toBeNaN();
    expect(vectorNorm(tensor([1, -Infinity]), { ord: 3 }).item()).toBe(Infinity);
    expect(vectorNorm(tensor([1, NaN])).item()).toBeNaN();
    expect(vectorNorm(tensor([1, Infinity])).item()).toBe(Infinity);
    expect(vectorNorm(zeros([0])).item()).toBe(0);
  });

  test.each([
    [NaN, "NaN"],
    ["fro", `'fro'; matrixNorm takes "fro" and "nuc"`],
  ])("ord %s is refused", (ord, shown) => {
    expect(() => vectorNorm(x, { ord: ord as number })).toThrow(
      `vectorNorm: ord must be a number, got ${shown}`,
    );
  });
});

// numpy.linalg.norm([[1, -2], [3, 4], [5, -6]], ord)
describe("matrixNorm", () => {
  test.each([
    ["fro" as const, 9.539392014169456],
    ["nuc" as const, 13.038162087983336],
    [1, 12],
    [-1, 9],
    [2, 8.251588574096083],
    [-2, 4.786573513887253],
    [Infinity, 11],
    [-Infinity, 3],
  ])("ord %s", (ord, expected) => {
    expect(matrixNorm(a, { ord }).item()).toBeCloseTo(expected, 12);
  });

  test.each([1e-300, 1e300])("every order of entries of %d", (scale) => {
    const scaled = mul(a, scale);
    for (const ord of ["fro", "nuc", 1, -1, 2, -2, Infinity, -Infinity] as const) {
      const expected = matrixNorm(a, { ord }).item();
      expect(matrixNorm(scaled, { ord }).item() / scale / expected).toBeCloseTo(1, 13);
    }
  });

  // As numpy.linalg.norm, which fails for the same ones.
  test.each([
    [0, 0],
    [0, 3],
    [3, 0],
  ])("empty, [%d, %d]", (rows, columns) => {
    const empty = zeros([rows, columns]);
    for (const ord of ["fro", "nuc", 1, 2, Infinity] as const)
      expect(matrixNorm(empty, { ord }).item()).toBe(0);
    expect(() => matrixNorm(empty, { ord: -2 })).toThrow(`[${rows}, ${columns}] is empty: ord -2`);
    const outcome = (ord: number): number | string => {
      try {
        return matrixNorm(empty, { ord }).item();
      } catch (error) {
        return error instanceof LinAlgError ? "LinAlgError" : String(error);
      }
    };
    expect(outcome(-1)).toBe(columns === 0 ? "LinAlgError" : 0);
    expect(outcome(-Infinity)).toBe(rows === 0 ? "LinAlgError" : 0);
  });

  test("‖A‖_F = √tr(AᵀA)", () => {
    const w = randn([20, 31], { seed: 5, dtype: "float64" });
    const gram = trace(matmul(transpose(w), w)).item();
    expect(matrixNorm(w).item()).toBeCloseTo(Math.sqrt(gram), 11);
  });

  test("errors", () => {
    expect(() => matrixNorm(x)).toThrow("matrixNorm: needs at least 2 axes, got [3]");
    expect(() => matrixNorm(a, { ord: 7 })).toThrow("unknown ord 7");
  });
});
