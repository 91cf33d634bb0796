import { describe, expect, test } from "vitest";
import "../../backends/cpu.js";
import { randn, tensor, zeros } from "../../tensor/create.js";
import { matmul } from "../../ops/matmul/op.js";
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

  test("NaN and infinity come through", () => {
    expect(vectorNorm(tensor([1, NaN])).item()).toBeNaN();
    expect(vectorNorm(tensor([1, Infinity])).item()).toBe(Infinity);
    expect(vectorNorm(zeros([0])).item()).toBe(0);
  });

  test.each([NaN, "fro"])("ord %s is refused", (ord) => {
    expect(() => vectorNorm(x, { ord: ord as number })).toThrow(
      `vectorNorm: ord must be a number, got ${ord}`,
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
