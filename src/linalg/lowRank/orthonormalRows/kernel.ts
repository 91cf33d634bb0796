import { linalgKernels, type LinalgKernels } from "../../../kernels/index.js";
import { findBackend } from "../../../op/backend.js";
import { rowMajorElements } from "../../../op/copy.js";
import type { Kernel } from "../../../op/define.js";
import { matmulOp } from "../../../ops/matmul/op.js";
import { transpose } from "../../../ops/transpose/op.js";
import { fromElements } from "../../../tensor/create.js";
import type { Tensor } from "../../../tensor/tensor.js";
import { reserveBlocks } from "../../common/workspace.js";
import { LEAST_NORM, shiftFor, type RowsAttributes } from "./reference.js";

/** Arrays between the steps, which are kept: fresh ones of this size cost as much as the arithmetic. */
const kept = new Map<string, Float32Array | Float64Array>();

function scratch<T extends Float32Array | Float64Array>(
  Type: new (length: number) => T,
  name: string,
  length: number,
): T {
  let found = kept.get(name);
  if (found === undefined || found.length < length) kept.set(name, (found = new Type(length)));
  return found.subarray(0, length) as T;
}

/** y := a·b by the fastest kernel that takes them. */
function multiplyInto(y: Tensor, a: Tensor, b: Tensor): void {
  const kernels = findBackend("cpu")!.kernels(matmulOp) as readonly Kernel<undefined>[];
  if (!kernels.some((kernel) => kernel([a, b], [y], undefined) !== false)) {
    matmulOp.reference!([a, b], [y], undefined);
  }
}

/** In products, those of the machine's BLAS where it has one, and a small Cholesky factorisation. */
export const orthonormalRowsFast: Kernel<RowsAttributes> = (
  [x, signs, known],
  [y],
  { passes, before, after },
) => {
  const kernels = linalgKernels();
  if (y.dtype !== "float32" || kernels === undefined) return false;
  const [k, n] = y.sizes.slice(-2);
  const [values, noise] = [x, signs].map((operand) => rowMajorElements(operand) as Float32Array);
  const bases = known && (rowMajorElements(known) as Float32Array);
  const l = known?.sizes.at(-2) ?? 0;
  const each = k * n;
  for (let g = 0; g * each < y.size; g++) {
    const result = matrix((y.elements as Float32Array).subarray(g * each, (g + 1) * each), k, n);
    const Qt = bases && matrix(bases.subarray(g * l * n, (g + 1) * l * n), l, n);
    const given = values.subarray(g * each, (g + 1) * each);
    let X = matrix(before > 0 ? dithered(given, noise, before, n) : given, k, n);
    for (let pass = 0; pass < passes; pass++) {
      if (Qt !== undefined) X = outside(X, Qt, "outside");
      // Of rows that lay inside, the first leaves rounding that lies inside too, and may outweigh the noise.
      if (Qt !== undefined && pass === 0) X = outside(X, Qt, "again");
      // Not into the last, which BLAS would overwrite while it reads.
      const next = pass === passes - 1 ? result : matrix(scratch(Float32Array, "between", each), k, n);
      multiplyInto(next, inverseRoot(kernels, X), X);
      X = next;
    }
    if (after > 0) addNoise(result.elements as Float32Array, noise, after);
  }
};

const matrix = (elements: Float32Array | Float64Array, rows: number, columns: number): Tensor =>
  fromElements(elements, [rows, columns], elements instanceof Float32Array ? "float32" : "float64");

function addNoise(values: Float32Array, noise: Float32Array, size: number): void {
  for (let i = 0; i < values.length; i++) values[i] += size * noise[i];
}

/** X with noise at this share of its size. */
function dithered(values: Float32Array, noise: Float32Array, share: number, columns: number): Float32Array {
  const noisy = scratch(Float32Array, "dithered", values.length);
  noisy.set(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  addNoise(noisy, noise, (share * (Math.sqrt(squares) + LEAST_NORM)) / Math.sqrt(columns));
  return noisy;
}

/** X − (X Q) Qᵀ. */
function outside(X: Tensor, Qt: Tensor, name: string): Tensor {
  const [[k, n], l] = [X.sizes, Qt.sizes[0]];
  const along = matrix(scratch(Float32Array, "along", k * l), k, l);
  const rest = scratch(Float32Array, name, k * n);
  multiplyInto(along, X, transpose(Qt));
  multiplyInto(matrix(rest, k, n), along, Qt);
  const values = X.elements as Float32Array;
  const start = X.offset;
  for (let i = 0; i < rest.length; i++) rest[i] = values[start + i] - rest[i];
  return matrix(rest, k, n);
}

/** L⁻¹ with XXᵀ + sI = L Lᵀ, all in float64 up to the last rounding. */
function inverseRoot(kernels: LinalgKernels, X: Tensor): Tensor {
  const [k, n] = X.sizes;
  const double = scratch(Float64Array, "double", k * n);
  double.set(rowMajorElements(X) as Float32Array);
  const wide = matrix(double, k, n);
  const gram = scratch(Float64Array, "gram", k * k);
  multiplyInto(matrix(gram, k, k), wide, transpose(wide));
  let trace = 0;
  for (let i = 0; i < k; i++) trace += gram[i * (k + 1)];
  const shift = shiftFor(trace);
  for (let i = 0; i < k; i++) gram[i * (k + 1)] += shift;
  const { exports, arena } = kernels;
  const room = Math.max(exports.choleskyScratchF64(k), exports.triangularScratchF64(k, k));
  const [gramAt, inverseAt, scratchAt] = reserveBlocks(kernels, [k * k * 8, k * k * 8, room]);
  const inverse = arena.f64.subarray(inverseAt / 8, inverseAt / 8 + k * k);
  inverse.fill(0);
  for (let i = 0; i < k; i++) inverse[i * (k + 1)] = 1;
  arena.f64.set(gram, gramAt / 8);
  exports.choleskyF64(1, k, gramAt, k, false, scratchAt);
  exports.solveTriangularF64(1, 1, k, k, gramAt, k, true, false, false, inverseAt, scratchAt);
  const single = scratch(Float32Array, "inverse", k * k);
  single.set(inverse);
  return matrix(single, k, k);
}
