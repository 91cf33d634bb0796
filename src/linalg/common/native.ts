// What the native kernels of the decompositions share: when LAPACK is asked, and in what form it gets the operands.
import { native } from "#native";
import type { Lapack, Precision, Reals, RoutineName } from "../../native/index.js";
import { rowMajorElements } from "../../op/copy.js";
import { readValues, writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "./matrix.js";

/** One call of LAPACK for every matrix of a batch. */
export interface NativeJob {
  readonly op: string;
  /** Without these LAPACK is no use. */
  readonly needs: readonly RoutineName[];
  /** Multiply-adds of one matrix, about. */
  readonly work: number;
  /** Multiply-adds below which the WebAssembly kernel is faster. */
  readonly leastWork: number;
  /** What is computed in; the dtype of the result decides unless given. */
  readonly precision?: Precision;
  /** Whether the kernel itself looks for NaN and infinity, because it does not read every entry. */
  readonly checksItself?: boolean;
}

/** LAPACK with the operands of a job as row-major arrays of its precision, and arrays for the results. */
export interface NativeCall {
  readonly lapack: Lapack;
  readonly precision: Precision;
  readonly operands: readonly Reals[];
  readonly results: readonly Reals[];
}

/** For a matrix that the next kernel must judge: leaves the results as they were, zero. */
export function decline(results: readonly Reals[]): false {
  for (const values of results) values.fill(0);
  return false;
}

/** The matrix at `index` of a batch, as a view of all its values. */
export const matrixAt = (values: Reals, size: number, index: number): Reals =>
  values.length === size ? values : values.subarray(index * size, (index + 1) * size);

/**
 * Lets `body` compute the outputs from the operands: half types are widened before and rounded after. Returns false when
 * `body` does, or before it runs, when LAPACK is missing, lacks a routine or is not worth the call. Throws
 * `LinAlgError` for operands that are not finite.
 */
export function onLapack(
  { op, needs, work, leastWork, precision: wanted, checksItself = false }: NativeJob,
  operands: readonly Tensor[],
  outputs: readonly Tensor[],
  body: (call: NativeCall) => void | false,
): void | false {
  if (outputs.every(({ size }) => size === 0) || operands.some(({ size }) => size === 0)) return false;
  if (native.choice() !== "always" && work < leastWork) return false;
  const lapack = native.lapack();
  const precision = wanted ?? (outputs[0].dtype === "float64" ? "float64" : "float32");
  if (!needs.every((name) => lapack?.routine(name, precision) !== undefined)) return false;
  if (lapack === undefined || operands.some(({ size }) => size >= lapack.largestSize)) return false;
  const values = operands.map((operand) => realValues(operand, precision));
  if (!checksItself) operands.forEach((operand, i) => requireFinite(op, operand, values[i]));
  const results = outputs.map((y) =>
    y.dtype === precision ? (y.elements as Reals) : zeros(precision, y.size),
  );
  lapack.prepareThreads(work);
  if (body({ lapack, precision, operands: values, results }) === false) return false;
  outputs.forEach((output, i) => {
    if (output.dtype !== precision) writeValues(output, results[i]);
  });
}

const zeros = (precision: Precision, length: number): Reals =>
  precision === "float64" ? new Float64Array(length) : new Float32Array(length);

/** All elements in row-major order: shared when they lie so already. */
function realValues(x: Tensor, precision: Precision): Reals {
  if (x.dtype === precision) return rowMajorElements(x) as Reals;
  return precision === "float64" ? readValues(x) : Float32Array.from(x.dataSync() as Float32Array);
}
