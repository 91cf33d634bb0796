// What the WASM kernels of several ops share: which tensors they take, and in what form.
import {
  gemm,
  gemmBatched,
  mapFloat32,
  mapFloat64,
  narrowToHalves,
  softmaxColumns,
  wasmAvailable,
  widenHalves,
  type Elements as KernelElements,
  type FloatMap,
  type Half,
  type Lanes,
  type Operand,
  type Rows,
} from "../kernels/index.js";
import { rowMajorElements } from "../op/copy.js";
import type { Kernel } from "../op/define.js";
import { readValues, writeValues } from "../op/loops.js";
import { fromElements } from "../tensor/create.js";
import { isFloat } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";

type Floats = Float32Array | Float64Array;

/** The values as one float32 block in row-major order: shared where possible, else copied. `undefined`: decline. */
export function float32Values(x: Tensor): Float32Array | undefined {
  if (x.dtype === "float32") return rowMajorElements(x) as Float32Array;
  if (x.dtype !== "float16" && x.dtype !== "bfloat16") return undefined;
  const values = new Float32Array(x.size);
  widenHalves(rowMajorElements(x) as Uint16Array, x.dtype, values);
  return values;
}

/** Lets `compute` write the float32 values of `y`, rounding them afterwards when y is a half type. */
export function writeFloat32(y: Tensor, compute: (values: Float32Array) => void): void {
  if (y.dtype === "float32") return compute(y.elements as Float32Array);
  const values = new Float32Array(y.size);
  compute(values);
  narrowToHalves(values, y.dtype as Half, y.elements as Uint16Array);
}

/** True when the kernels can run and answer in this dtype. */
export const computesInFloat32 = ({ dtype }: Tensor): boolean =>
  (dtype === "float32" || dtype === "float16" || dtype === "bfloat16") && wasmAvailable();

/** A map of the engine as the kernel of a unary op. */
export const floatMapKernel =
  (name: FloatMap): Kernel<undefined> =>
  ([x], [y]) => {
    if (x.dtype === "float64" && wasmAvailable()) {
      return mapFloat64(name, rowMajorElements(x) as Float64Array, y.elements as Float64Array);
    }
    if (!computesInFloat32(y)) return false;
    const values = float32Values(x);
    if (values !== undefined) return writeFloat32(y, (out) => mapFloat32(name, values, out));
    const exact = readValues(x); // integers that float32 may not hold
    mapFloat64(name, exact, exact);
    writeValues(y, exact);
  };

/** The values as one float64 block in row-major order: shared where possible, else copied. */
export const float64Values = (x: Tensor): Float64Array =>
  x.dtype === "float64" ? (rowMajorElements(x) as Float64Array) : readValues(x);

/** All values of the operands in the type in which `y` is computed, float32 or float64; `undefined`: decline. */
export function operandValues(operands: readonly Tensor[], y: Tensor): Floats[] | undefined {
  if (y.dtype === "float64") return wasmAvailable() ? operands.map(float64Values) : undefined;
  const values = computesInFloat32(y) ? operands.map(float32Values) : [undefined];
  return values.includes(undefined) ? undefined : (values as Float32Array[]);
}

/** Lets `compute` write y's values in the type in which it is computed. */
export function writeFloats(y: Tensor, compute: (values: Floats) => void): void {
  if (y.dtype === "float64") compute(y.elements as Float64Array);
  else writeFloat32(y, compute);
}

/** Row-major values of x as lanes along one axis; x is not empty. */
export function lanesAlong({ sizes, size }: Tensor, axis: number, input: Floats): Lanes {
  const inner = sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
  return { input, outer: size / sizes[axis] / inner, length: sizes[axis], inner };
}

/** Softmax or its logarithm along an axis: of rows where it is the last one, else of columns. */
export const softmaxKernel =
  (name: "softmax" | "logSoftmax", mapRows: (rows: Rows) => void): Kernel<number> =>
  ([x], [y], axis) => {
    const input = y.size > 0 ? operandValues([x], y)?.[0] : undefined;
    if (input === undefined) return false;
    const lanes = lanesAlong(x, axis, input);
    let done: boolean | undefined;
    writeFloats(y, (output) => {
      if (lanes.inner === 1) mapRows({ input, output, columns: lanes.length });
      else done = softmaxColumns(name, lanes, output);
    });
    return done === false ? false : undefined;
  };

/** The last two axes of a tensor as a GEMM operand; `undefined` for integers. */
export function matrixOperand(x: Tensor): Operand | undefined {
  if (!isFloat(x.dtype)) return undefined;
  return {
    data: x.elements as KernelElements,
    offset: x.offset,
    rowStride: x.strides[x.ndim - 2],
    colStride: x.strides[x.ndim - 1],
    half: x.dtype === "float16" || x.dtype === "bfloat16" ? x.dtype : undefined,
  };
}

/** x as kernels that compute y read it: integers, and half types beside float64, are converted. */
export function readableFor(y: Tensor, x: Tensor): Tensor {
  const half = x.dtype === "float16" || x.dtype === "bfloat16";
  const reads = half ? y.dtype !== "float64" : isFloat(x.dtype);
  return reads ? x : fromElements(readValues(x), x.dims, "float64");
}

/** Where each matrix of a batch starts, relative to the first, in row-major order. */
export function batchOffsets(sizes: readonly number[], strides: readonly number[]): number[] {
  const offsets = [0];
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const inner = offsets.length;
    if (sizes[axis] === 0) return [];
    for (let i = 1; i < sizes[axis]; i++) {
      for (let j = 0; j < inner; j++) offsets.push(offsets[j] + i * strides[axis]);
    }
  }
  return offsets;
}

/**
 * y [...batch, m, n] = a [...batch, m, k] · b [...batch, k, n] for floats, in the precision of y; half types
 * accumulate in float32. `bias` [n] is added to every row; `finish` sees the
 * sums before they are rounded to a half type. Returns false, before writing, for operands that the
 * engine does not read.
 */
export function multiplyMatrices(
  a: Tensor,
  b: Tensor,
  batch: { readonly sizes: readonly number[]; readonly a: readonly number[]; readonly b: readonly number[] },
  y: Tensor,
  bias?: Float32Array | Float64Array,
  finish?: (values: Float32Array | Float64Array) => void,
): void | false {
  const left = matrixOperand(a);
  const right = matrixOperand(b);
  if (left === undefined || right === undefined || !wasmAvailable()) return false;
  const halves = left.half !== undefined || right.half !== undefined;
  if (y.dtype === "float64" ? halves : !computesInFloat32(y)) return false;
  const m = a.sizes[a.ndim - 2];
  const k = a.sizes[a.ndim - 1];
  const n = b.sizes[b.ndim - 1];
  const multiply = (data: Float32Array | Float64Array): void => {
    const c = { data, offset: 0, rowStride: n, colStride: 1 } as Operand<Float32Array>;
    if (batch.sizes.length === 0) gemm({ m, n, k, a: left, b: right, c, bias });
    else {
      const aOffsets = batchOffsets(batch.sizes, batch.a);
      const bOffsets = batchOffsets(batch.sizes, batch.b);
      const cOffsets = aOffsets.map((_, i) => i * m * n);
      gemmBatched({ m, n, k, a: left, b: right, c, aOffsets, bOffsets, cOffsets, bias });
    }
    finish?.(data);
  };
  if (y.dtype === "float64") multiply(y.elements as Float64Array);
  else writeFloat32(y, multiply);
}
