// What the WebAssembly kernels of the decompositions share: operands and results as whole row-major arrays, and room
// for them in the arena.
import { align, linalgKernels, type LinalgKernels } from "../../kernels/index.js";
import { rowMajorElements } from "../../op/copy.js";
import { writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";

/** Elements as the kernels see them. Half types are widened to float32. */
export type Values = Float32Array | Float64Array;

/** The kernels, whether those named …F64 serve, and all elements of an operand in row-major order. */
export interface Workspace extends LinalgKernels {
  readonly double: boolean;
  readonly values: Values;
}

/** A workspace for kernels that read `a`; undefined where WebAssembly is missing or off. */
export function workspaceFor(a: Tensor): Workspace | undefined {
  const kernels = linalgKernels();
  if (kernels === undefined) return undefined;
  const { exports, arena } = kernels;
  const half = a.dtype === "float16" || a.dtype === "bfloat16";
  const values = (half ? a.dataSync() : rowMajorElements(a)) as Values;
  return { exports, arena, double: a.dtype === "float64", values };
}

/**
 * Makes room for blocks of these sizes in bytes, and returns their addresses, each on a cache line of its own. Throws
 * `LintelError` where WebAssembly has no memory for them.
 */
export function reserveBlocks({ arena }: LinalgKernels, bytes: readonly number[]): number[] {
  let next = arena.start;
  const addresses = bytes.map((size) => {
    const address = next;
    next += align(size < 0 ? size + 2 ** 32 : size) + 64; // kernels answer sizes as signed integers
    return address;
  });
  arena.reserve(next - arena.start);
  return addresses;
}

/** The arena as elements of the kernels. Invalid once more blocks are reserved. */
export const arenaValues = ({ arena, double }: Workspace): Values => (double ? arena.f64 : arena.f32);

/** Where the kernels' values of an output go: its own elements, or float32 values that `deliver` rounds. */
export const receive = (output: Tensor): Values =>
  output.dtype === "float32" || output.dtype === "float64"
    ? (output.elements as Values)
    : new Float32Array(output.size);

/** Rounds received values to a half type. */
export function deliver(output: Tensor, values: Values): void {
  if (values !== output.elements) writeValues(output, values);
}

/** Matrices that are worked on at a time: all of a small batch, one when they are large. */
export const chunkOf = (count: number, bytesEach: number): number =>
  Math.max(1, Math.min(count, Math.floor(2 ** 24 / Math.max(bytesEach, 1))));
