// An op as calls of WebAssembly kernels on operands that stay where they are: what src/compile makes programs of.
import type { KernelExports } from "../kernels/index.js";
import type { Size } from "../shape/dim.js";
import type { DType } from "../tensor/dtype.js";

/** One call of a kernel. Sizes and addresses may be polynomials in what changes from run to run. */
export interface KernelCall {
  readonly kernel: keyof KernelExports;
  readonly parameters: readonly Size[];
}

/** A tensor in WebAssembly memory: the byte address of its first element, and steps in elements. */
export interface Placed {
  readonly at: Size;
  readonly dims: readonly Size[];
  readonly strides: readonly Size[];
  readonly dtype: DType;
}

/** What a lowering may ask for besides its operands. */
export interface Room {
  /** Positions of a sequence from 0 on that the program must be able to reach. */
  readonly positions: number;
  /** The address of float32 values that every call with this key shares. */
  constant(key: string, values: () => Float32Array): number;
  /** The address of elements that are free again after the calls. */
  scratch(elements: Size): number;
}

/**
 * The calls that compute an op on float32 operands of any strides into a row-major output, or `undefined` for
 * operands that it does not take.
 */
export type Lowering<A = unknown> = (
  inputs: readonly Placed[],
  output: Placed,
  attributes: A,
  room: Room,
) => readonly KernelCall[] | undefined;

/** What one op needs. */
export const call = (kernel: keyof KernelExports, ...parameters: readonly Size[]): KernelCall => ({
  kernel,
  parameters,
});
