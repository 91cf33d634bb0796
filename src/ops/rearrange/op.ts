import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import type { SizeLike } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { resolveRearrange } from "../../shape/rearrange.js";
import { bytesOf } from "../../tensor/dtype.js";
import { contiguousStrides, reshapeStrides } from "../../tensor/strides.js";
import type { Tensor, TensorSpec } from "../../tensor/tensor.js";
import { permute } from "../permute/op.js";
import { reshape } from "../reshape/op.js";

export interface RearrangeAttributes {
  readonly pattern: string;
  readonly sizes: Readonly<Record<string, SizeLike>>;
}

/** Costs nothing where strides can express the result; otherwise every element is copied once. */
export const rearrangeOp = defineOp<RearrangeAttributes>({
  name: "rearrange",
  infer: ([x], { pattern, sizes }) => [
    { dims: resolveRearrange(x.dims, pattern, sizes).merged, dtype: x.dtype },
  ],
  cost: ({ inputs: [x], attributes }) => {
    const moved = Polynomial.product(copies(x, attributes), ...x.dims, bytesOf(x.dtype));
    return { bytesRead: moved, bytesWritten: moved };
  },
  compose: ([x], { pattern, sizes }) => {
    const { split, order, merged } = resolveRearrange(x.dims, pattern, sizes);
    return [reshape(permute(reshape(x, split), order), merged)];
  },
});

/** How often the elements are copied on the way: when splitting, when merging, both or not at all. */
function copies(x: TensorSpec, { pattern, sizes }: RearrangeAttributes): number {
  const { split, order, merged } = resolveRearrange(x.dims, pattern, sizes);
  const viewed = reshapeStrides(x.dims, x.strides, split);
  const strides = viewed ?? contiguousStrides(split);
  const pick = <T>(list: readonly T[]): T[] => order.map((axis) => list[axis]);
  const joined = reshapeStrides(pick(split), pick(strides), merged);
  return (viewed === undefined ? 1 : 0) + (joined === undefined ? 1 : 0);
}

/**
 * Splits, reorders and merges axes by name, as einops does: groups in parentheses, `...` for the axes without a
 * name, `1` for an axis of size 1. A view where strides allow, otherwise a copy.
 * Throws `ShapeError` when the pattern does not fit the shape.
 *
 * @example
 * rearrange(x, "B n (h d) -> B h n d", { h: 12 }); // [B, n, 768] -> [B, 12, n, 64]
 */
export const rearrange = (
  x: Tensor,
  pattern: string,
  sizes: Readonly<Record<string, SizeLike>> = {},
): Tensor => apply(rearrangeOp, [x], { pattern, sizes });
