import { LinAlgError } from "../base/errors.js";
import { sameSize, showShape, type Size } from "../shape/dim.js";
import { readValues } from "../op/loops.js";
import { requireDType, type Tensor, type TensorSpec } from "../tensor/tensor.js";

/** The leading axes and the two matrix axes of `[..., m, n]`. Throws `LinAlgError` for fewer than two axes. */
export function matrixAxes(op: string, a: TensorSpec): { batch: readonly Size[]; rows: Size; columns: Size } {
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

/** The smaller of two sizes; symbolic sizes must be comparable. */
export function smallerSize(op: string, a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return Math.min(a, b);
  const order = typeof a === "number" ? negate(b, a) : a.compare(b);
  if (order === undefined) {
    throw new LinAlgError(`${op}: cannot tell which of ${a} and ${b} is smaller; bind the names first`, {
      op,
      sizes: [a, b],
    });
  }
  return order <= 0 ? a : b;
}

function negate(b: Size, a: number): -1 | 0 | 1 | undefined {
  if (typeof b === "number") return undefined;
  const order = b.compare(a);
  return order === undefined ? undefined : order === 0 ? 0 : order === 1 ? -1 : 1;
}

/** Every matrix of a batch, row-major in float64. Throws `LinAlgError` at the first NaN or infinity. */
export function* eachMatrix(op: string, a: Tensor): Generator<Float64Array> {
  const [rows, columns] = a.sizes.slice(-2);
  const values = readValues(a);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) {
    const position = `[${indexOf(bad, a.sizes).join(", ")}]`;
    throw new LinAlgError(
      `${op}: ${showShape(a.dims)} has ${values[bad]} at ${position}; every entry must be finite`,
      {
        op,
        shape: a.dims,
        index: indexOf(bad, a.sizes),
        value: values[bad],
      },
    );
  }
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  for (let i = 0; i < count; i++) yield values.subarray(i * rows * columns, (i + 1) * rows * columns);
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
