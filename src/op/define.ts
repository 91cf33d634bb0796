import { Polynomial } from "../shape/polynomial.js";
import type { Size } from "../shape/dim.js";
import { bytesOf, type DType } from "../tensor/dtype.js";
import type { Tensor, TensorSpec } from "../tensor/tensor.js";

/** What an op produces: one entry per output. */
export interface OutputSpec {
  readonly dims: readonly Size[];
  readonly dtype: DType;
}

/** One use of an op: what went in, what comes out, with which attributes. */
export interface OpCall<A = unknown> {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly OutputSpec[];
  readonly attributes: A;
}

/**
 * What an op costs. One multiply-add is two FLOPs; `matmulFlops` counts contractions only. Bytes count each
 * operand once and each result once at its dtype, unless the op knows better.
 */
export interface Cost {
  readonly flops: Polynomial;
  readonly matmulFlops: Polynomial;
  readonly bytesRead: Polynomial;
  readonly bytesWritten: Polynomial;
}

/**
 * Computes an op on one device: reads `inputs` (any strides), writes `outputs` (fresh, row-major). Returning
 * `false` declines, before anything is written, and the next slower kernel runs.
 */
export type Kernel<A = unknown> = (
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  attributes: A,
) => void | false;

/** The same elements, seen differently. `shift` moves the first element, in elements. */
export interface View {
  readonly dims: readonly Size[];
  readonly strides: readonly Size[];
  readonly shift?: Size;
}

/** An op, stated once: everything else (kernels, records, methods) refers to this object. */
export interface Op<A = unknown> {
  readonly name: string;
  /** Shapes and dtypes of the outputs. Throws `ShapeError` or `DTypeError`. Works on symbolic sizes. */
  readonly infer: (inputs: readonly TensorSpec[], attributes: A) => readonly OutputSpec[];
  readonly cost: (call: OpCall<A>) => Cost;
  /** Plain loops in float64: slow, obviously right, the oracle of every other kernel. */
  readonly reference?: Kernel<A>;
  /** For ops that move no data: they cost nothing and run on any device. */
  readonly view?: (input: TensorSpec, attributes: A) => View;
  /** The op as other ops: runs on any device. Needed when there is no reference. */
  readonly compose?: (inputs: readonly Tensor[], attributes: A) => readonly Tensor[];
}

interface OpDefinition<A> extends Omit<Op<A>, "cost"> {
  /** Only what differs from: no arithmetic, each operand read once, each result written once. */
  readonly cost?: (call: OpCall<A>) => Partial<Cost>;
}

/** The bytes of one operand: every element that exists once. Axes of stride 0 repeat the same elements. */
export function bytesOfOperand(spec: TensorSpec | OutputSpec): Polynomial {
  const strides = "strides" in spec ? spec.strides : undefined;
  const stored = spec.dims.filter((_, i) => strides?.[i] !== 0);
  return Polynomial.product(...stored, bytesOf(spec.dtype));
}

/**
 * Completes an op definition with the default cost rule.
 *
 * @example
 * export const relu = defineOp({ name: "relu", infer: …, cost: …, reference: … });
 */
export function defineOp<A = undefined>(definition: OpDefinition<A>): Op<A> {
  return {
    ...definition,
    cost(call) {
      const total = (specs: readonly (TensorSpec | OutputSpec)[]): Polynomial =>
        Polynomial.sum(specs.map(bytesOfOperand));
      return {
        flops: Polynomial.constant(0),
        matmulFlops: Polynomial.constant(0),
        bytesRead: total(call.inputs),
        bytesWritten: total(call.outputs),
        ...definition.cost?.(call),
      };
    },
  };
}

/**
 * An op that only rearranges shape, strides and start: transpose, slice, expand …
 *
 * @example
 * export const unsqueezeOp = defineView<number>("unsqueeze", (input, axis) => …);
 */
export function defineView<A>(name: string, view: (input: TensorSpec, attributes: A) => View): Op<A> {
  const nothing = Polynomial.constant(0);
  return {
    name,
    view,
    infer: ([input], attributes) => [{ dims: view(input, attributes).dims, dtype: input.dtype }],
    cost: () => ({ flops: nothing, matmulFlops: nothing, bytesRead: nothing, bytesWritten: nothing }),
  };
}
