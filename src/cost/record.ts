import type { Cost } from "../op/define.js";
import { Polynomial, type PolynomialLike } from "../shape/polynomial.js";
import { bindSize, type Size } from "../shape/dim.js";
import { bytesOf, type DType } from "../tensor/dtype.js";
import { requireCost } from "./checks.js";

/** Sizes for names: `{ B: 32, seq: 512 }`. */
export type Bindings = Readonly<Record<string, PolynomialLike>>;

/** Memory that one or more tensors look at: views share the storage of what they view. */
export interface Storage {
  readonly id: number;
  readonly bytes: Polynomial;
  /** The name of the parameter that lives here. */
  readonly parameter?: string | undefined;
  /** Index of the record whose op made it; absent for parameters and for what came from outside. */
  readonly producer?: number | undefined;
  /** Whether a training step needs the gradient with respect to it. */
  readonly needsGradient: boolean;
}

/** A tensor as one op saw it. */
export interface Operand {
  readonly dims: readonly Size[];
  readonly dtype: DType;
  readonly storage: Storage;
}

/** One op of the trace: where, what went in, what came out, what it costs. */
export interface OpRecord extends Cost {
  readonly index: number;
  /** Where in the model: `encoder.layer.0.attention.self.query`. */
  readonly path: string;
  readonly op: string;
  /** A change of shape or strides only, which costs nothing. */
  readonly isView: boolean;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** Parameters read here for the first time, so that the sum over all records counts each once. */
  readonly params: Polynomial;
  /** Wall-clock seconds when the trace ran on data, else 0. */
  readonly seconds: number;
}

export function bytesOfShape(dims: readonly Size[], dtype: DType): Polynomial {
  return Polynomial.product(...dims, bytesOf(dtype));
}

/**
 * FLOPs per byte moved; 0 when nothing moves. Throws `ShapeError` while a name has no size.
 *
 * @example
 * intensityOf(trace(() => matmul(input([4096, 4096]), input([4096, 4096]))).totals); // 682.66…
 */
export function intensityOf(cost: Cost): number {
  requireCost("intensityOf", cost);
  const bytes = Number(cost.bytesRead.plus(cost.bytesWritten).value());
  return bytes === 0 ? 0 : Number(cost.flops.value()) / bytes;
}

/** The number of elements of a shape, as a formula. */
export const elementCount = (dims: readonly Size[]): Polynomial => Polynomial.product(...dims);

/** Puts sizes for names into records and operands; storages stay shared between them. */
export function binder(bindings: Bindings) {
  const storages = new Map<number, Storage>();
  const bindStorage = (storage: Storage): Storage => {
    const known = storages.get(storage.id);
    if (known !== undefined) return known;
    const bound = { ...storage, bytes: storage.bytes.substitute(bindings) };
    storages.set(storage.id, bound);
    return bound;
  };
  const operand = ({ dims, dtype, storage }: Operand): Operand => ({
    dims: dims.map((size) => bindSize(size, bindings)),
    dtype,
    storage: bindStorage(storage),
  });
  const record = (before: OpRecord): OpRecord => ({
    ...before,
    inputs: before.inputs.map(operand),
    outputs: before.outputs.map(operand),
    params: before.params.substitute(bindings),
    flops: before.flops.substitute(bindings),
    matmulFlops: before.matmulFlops.substitute(bindings),
    bytesRead: before.bytesRead.substitute(bindings),
    bytesWritten: before.bytesWritten.substitute(bindings),
  });
  return { record, operand };
}
