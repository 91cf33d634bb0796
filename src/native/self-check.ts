import { NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE, type Products } from "./cblas.js";

type Reals = Float32ArrayConstructor | Float64ArrayConstructor;

/**
 * Computes products of small integers, which every precision holds exactly, into results that hold NaN. Throws when
 * one is wrong: a library of another integer width or calling convention, or one that reads what it should overwrite.
 */
export function checkItself(blas: { readonly float32: Products; readonly float64: Products }): void {
  check("float32", blas.float32, Float32Array);
  check("float64", blas.float64, Float64Array);
}

function check(precision: string, { gemm, gemv }: Products, Values: Reals): void {
  const a = new Values([1, 2, 3, 4, 5, 6]); // [2, 3]
  const b = new Values([7, 8, 9, 10, 11, 12]); // [2, 3], used as [3, 2]
  const c = new Values(4).fill(NaN);
  gemm(ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE, 2, 2, 3, 1, a, 3, b, 3, 0, c, 2);
  expectValues(`${precision} gemm`, c, [50, 68, 122, 167]);
  gemm(ROW_MAJOR, TRANSPOSE, NO_TRANSPOSE, 2, 2, 2, 1, a, 3, b, 3, 1, c, 2);
  expectValues(`${precision} gemm`, c, [50 + 47, 68 + 52, 122 + 64, 167 + 71]);
  const y = new Values(3).fill(NaN);
  gemv(ROW_MAJOR, TRANSPOSE, 2, 3, 1, a, 3, b, 1, 0, y, 1);
  expectValues(`${precision} gemv`, y, [39, 54, 69]);
}

function expectValues(what: string, actual: Float32Array | Float64Array, expected: readonly number[]): void {
  if (expected.every((value, i) => actual[i] === value)) return;
  throw new Error(`its ${what} gave ${actual.join(", ")} instead of ${expected.join(", ")}`);
}
