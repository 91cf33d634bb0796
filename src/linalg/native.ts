// What the native kernels of the decompositions share: when LAPACK is asked, and in what form it gets the operands.
import { native } from "#native";
import type { Lapack, Precision, Reals, RoutineName } from "../native/index.js";
import { rowMajorElements } from "../op/copy.js";
import { writeValues } from "../op/loops.js";
import type { Tensor } from "../tensor/tensor.js";
import { requireFinite } from "./matrix.js";

/** One call of LAPACK for every matrix of a batch. */
interface NativeJob {
  readonly op: string;
  /** Without these LAPACK is no use. */
  readonly needs: readonly RoutineName[];
  /** Multiply-adds of one matrix, about. */
  readonly work: number;
  /** Multiply-adds below which the WebAssembly kernel is faster. */
  readonly leastWork: number;
}

/** The matrix at `index` of a batch, as a view of all its values. */
export const matrixAt = (values: Reals, size: number, index: number): Reals =>
  values.length === size ? values : values.subarray(index * size, (index + 1) * size);

/**
 * Lets `body` compute the outputs from the operands, all as row-major arrays of one precision: half types are widened
 * before and rounded after. Returns false, before anything is written, when LAPACK is missing, lacks a routine or is
 * not worth the call. Throws `LinAlgError` for operands that are not finite.
 */
export function onLapack(
  { op, needs, work, leastWork }: NativeJob,
  operands: readonly Tensor[],
  outputs: readonly Tensor[],
  body: (lapack: Lapack, precision: Precision, operands: readonly Reals[], results: readonly Reals[]) => void,
): void | false {
  if (outputs.every(({ size }) => size === 0) || operands.some(({ size }) => size === 0)) return false;
  if (native.choice() !== "always" && work < leastWork) return false;
  const lapack = native.lapack();
  const precision = operands[0].dtype === "float64" ? "float64" : "float32";
  if (lapack === undefined || !needs.every((name) => lapack.routine(name, precision) !== undefined))
    return false;
  if (!operands.every(({ size }) => size < lapack.largestSize)) return false;
  const values = operands.map((operand) => {
    const half = operand.dtype === "float16" || operand.dtype === "bfloat16";
    return (half ? operand.dataSync() : rowMajorElements(operand)) as Reals;
  });
  operands.forEach((operand, i) => requireFinite(op, operand, values[i]));
  const own = (output: Tensor): boolean => output.dtype === "float32" || output.dtype === "float64";
  const results = outputs.map((y) => (own(y) ? (y.elements as Reals) : new Float32Array(y.size)));
  lapack.prepareThreads(work);
  body(lapack, precision, values, results);
  outputs.forEach((output, i) => {
    if (!own(output)) writeValues(output, results[i]);
  });
}
