import { describe } from "../../base/describe.js";
import { DTypeError, LinAlgError } from "../../base/errors.js";
import { isKnown, sameSize, showShape, sizeValue, type Size } from "../../shape/dim.js";
import { readValues } from "../../op/loops.js";
import { Polynomial } from "../../shape/polynomial.js";
import { requireDType, type Tensor, type TensorSpec } from "../../tensor/tensor.js";

/** The leading axes and the two matrix axes of `[..., m, n]`. Throws `LinAlgError` for fewer than two axes. */
export function matrixAxes(op: string, a: TensorSpec): { batch: readonly Size[]; rows: Size; columns: Size } {
  if (a?.dims === undefined) {
    throw new DTypeError(`${op}: takes a tensor, got ${describe(a)}; wrap it in tensor(…)`, { op });
  }
  if (a.dims.length < 2) {
    throw new LinAlgError(`${op}: needs at least 2 axes, got ${showShape(a.dims)}`, { op, shape: a.dims });
  }
  requireDType(op, [a], ["float32", "float64", "float16", "bfloat16"]);
  return { batch: a.dims.slice(0, -2), rows: a.dims.at(-2)!, columns: a.dims.at(-1)! };
}

/** As `matrixAxes`, for square matrices. */
export function squareAxes(op: string, a: TensorSpec): { batch: readonly Size[]; size: Size } {
  const { batch, rows, columns } = matrixAxes(op, a);
  if (sameSize(rows, columns)) return { batch, size: rows };
  throw new LinAlgError(`${op}: ${showShape(a.dims)} is not square: ${rows} rows and ${columns} columns`, {
    op,
    shape: a.dims,
  });
}

/** The smaller of two sizes; names without a size must be comparable. */
export function smallerSize(op: string, a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return sizeValue(a) <= sizeValue(b) ? a : b;
  const order = Polynomial.of(a).compare(b);
  if (order === undefined) {
    throw new LinAlgError(`${op}: cannot tell which of ${a} and ${b} is smaller; bind the names first`, {
      op,
      sizes: [a, b],
    });
  }
  return order <= 0 ? a : b;
}

/** Every matrix of a batch, row-major in float64. Throws `LinAlgError` at the first NaN or infinity. */
export function* eachMatrix(op: string, a: Tensor): Generator<Float64Array> {
  const [rows, columns] = a.sizes.slice(-2);
  const values = readValues(a);
  requireFinite(op, a, values);
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  for (let i = 0; i < count; i++) yield values.subarray(i * rows * columns, (i + 1) * rows * columns);
}

/** Throws `LinAlgError` at the first NaN or infinity among the row-major values of `a`. */
export function requireFinite(op: string, a: TensorSpec, values: Float32Array | Float64Array): void {
  if (allFinite(values)) return;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const index = indexOf(bad, a.dims.map(sizeValue));
  throw new LinAlgError(
    `${op}: ${showShape(a.dims)} has ${values[bad]} at [${index.join(", ")}]; every entry must be finite`,
    { op, shape: a.dims, index, value: values[bad] },
  );
}

/** Whether no value is NaN or infinite. Four sums, because each addition waits for the one before it. */
export function allFinite(values: Float32Array | Float64Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0]; // x − x is 0 for finite x only
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i] - values[i];
    b += values[i + 1] - values[i + 1];
    c += values[i + 2] - values[i + 2];
    d += values[i + 3] - values[i + 3];
  }
  for (let i = whole; i < values.length; i++) a += values[i] - values[i];
  return a + b + c + d === 0;
}

function indexOf(position: number, sizes: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = sizes.length - 1, rest = position; axis >= 0; axis--) {
    index.unshift(rest % sizes[axis]);
    rest = Math.floor(rest / sizes[axis]);
  }
  return index;
}

/**
 * Scales by a power of two so that the largest entry lies in [1, 2): squares neither overflow nor vanish.
 * Returns the scaled copy and what to multiply results by.
 */
export function scaleToUnit(values: Float64Array): { scaled: Float64Array; scale: number } {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest === 0) return { scaled: values.slice(), scale: 1 };
  const exponent = Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  return { scaled: values.map((value) => value * 2 ** -exponent), scale: 2 ** exponent };
}
