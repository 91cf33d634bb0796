// What the WASM kernels of the reductions share: how a tensor is seen as lanes.
import { wasmAvailable, type Lanes } from "../kernels/index.js";
import { rowMajorElements } from "../op/copy.js";
import type { Kernel } from "../op/define.js";
import { writeValues } from "../op/loops.js";
import type { ReductionAttributes } from "../op/reduction.js";
import { isFloat } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { float32Values } from "./wasm.js";

/**
 * A fold of the engine as the kernel of a reduction; results are rounded once. Integers, and what the fold leaves undefined,
 * are for the reference.
 */
export const laneKernel =
  <A extends ReductionAttributes>(
    fold: (lanes: Lanes, attributes: A) => Float64Array | undefined,
  ): Kernel<A> =>
  ([x], [y], attributes) => {
    const lanes = isFloat(x.dtype) && x.size > 0 && wasmAvailable() ? lanesOf(x, attributes.axes) : undefined;
    const folded = lanes && fold(lanes, attributes);
    if (folded === undefined) return false;
    writeValues(y, folded);
  };

/** The tensor as [outer, length, inner]; copied when its reduced axes do not lie next to each other in row-major order. */
function lanesOf(x: Tensor, axes: readonly number[]): Lanes | undefined {
  const long = axes.filter((axis) => x.sizes[axis] !== 1);
  const adjacent = long.every(
    (axis, i) => i === 0 || x.sizes.slice(long[i - 1] + 1, axis).every((size) => size === 1),
  );
  const length = product(long.map((axis) => x.sizes[axis]));
  if (!adjacent || !x.isContiguous) {
    const kept = x.sizes.map((_, axis) => axis).filter((axis) => !long.includes(axis));
    const order = [...kept, ...long];
    const dims = order.map((axis) => x.dims[axis]);
    const input = floats(x.withView({ dims, strides: order.map((axis) => x.strides[axis]) }));
    return input && { input, outer: x.size / length, length, inner: 1 };
  }
  const input = floats(x);
  const outer = product(x.sizes.slice(0, long[0] ?? x.ndim));
  return input && { input, outer, length, inner: x.size / outer / length };
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const floats = (x: Tensor): Float32Array | Float64Array | undefined =>
  x.dtype === "float64" ? (rowMajorElements(x) as Float64Array) : float32Values(x);
