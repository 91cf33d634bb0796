// Functions that reshape, pick, repeat and join, typed.
import * as ops from "../../ops/index.js";
import type {
  FlipFunction,
  GatherFunction,
  PadFunction,
  RepeatFunction,
  SelectFunction,
  SliceFunction,
  TakeFunction,
  TileFunction,
  TriangleFunction,
} from "../signatures/indexing.js";
import type { ConcatFunction, SplitFunction, StackFunction } from "../signatures/joining.js";
import type { RearrangeFunction } from "../signatures/products.js";
import type {
  ExpandFunction,
  FlattenFunction,
  PermuteFunction,
  ReshapeFunction,
  SqueezeFunction,
  TransposeFunction,
  UnsqueezeFunction,
} from "../signatures/views.js";

// ---- the same elements under another shape ----

/**
 * Another shape with as many elements, in row-major order; one size may be −1. A view where strides allow.
 * Throws `ShapeError` when the number of elements differs.
 *
 * @example
 * reshape(arange(6), [2, -1]).toArray(); // [[0, 1, 2], [3, 4, 5]]
 */
export const reshape = ops.reshape as ReshapeFunction;
/**
 * All axes merged into one, in row-major order. A view where strides allow.
 *
 * @example
 * flatten(tensor([[1, 2], [3, 4]])).toArray(); // [1, 2, 3, 4]
 */
export const flatten = ops.flatten as FlattenFunction;
/**
 * Two axes swapped, the last two by default. A view.
 *
 * @example
 * transpose(tensor([[1, 2], [3, 4]])).toArray(); // [[1, 3], [2, 4]]
 */
export const transpose = ops.transpose as TransposeFunction;
/**
 * Axes in another order, each once. A view. Throws `ShapeError` for anything but a permutation.
 *
 * @example
 * permute(zeros([2, 3, 4]), [2, 0, 1]).shape; // [4, 2, 3]
 */
export const permute = ops.permute as PermuteFunction;
/**
 * Without axes of size 1: the given ones, or all. A view. Throws `ShapeError` for an axis of another size.
 *
 * @example
 * squeeze(zeros([1, 3, 1])).shape; // [3]
 */
export const squeeze = ops.squeeze as SqueezeFunction;
/**
 * With a new axis of size 1; −1 puts it last. A view.
 *
 * @example
 * unsqueeze(zeros([2, 3]), 0).shape; // [1, 2, 3]
 */
export const unsqueeze = ops.unsqueeze as UnsqueezeFunction;
/**
 * Broadcast to a shape, without copying: a view with stride 0. Throws `ShapeError` where a size is neither 1
 * nor equal.
 *
 * @example
 * expand(tensor([1, 2]), [2, 2]).toArray(); // [[1, 2], [1, 2]]
 */
export const expand = ops.expand as ExpandFunction;
/**
 * Axes split, reordered and merged by name, as einops does: groups in parentheses, `...` for axes without a
 * name. A view where strides allow. Throws `ShapeError` when the pattern does not fit.
 *
 * @example
 * rearrange(zeros([2, 5, 768]), "B n (h d) -> B h n d", { h: 12 }).shape; // [2, 12, 5, 64]
 */
export const rearrange = ops.rearrange as RearrangeFunction;

// ---- parts ----

/**
 * start:end:step along an axis; negative bounds count from its end. A view. Throws `ShapeError` for bounds
 * outside.
 *
 * @example
 * slice(arange(5), 0, 1, -1).toArray(); // [1, 2, 3]
 */
export const slice = ops.slice as SliceFunction;
/**
 * One index along an axis, which disappears; negative ones count from its end. A view.
 *
 * @example
 * select(tensor([[1, 2], [3, 4]]), 0, -1).toArray(); // [3, 4]
 */
export const select = ops.select as SelectFunction;
/**
 * Whole slices by index; the axis (default 0) becomes the shape of the indices: [..., k, ...], [i...] ->
 * [..., i..., ...]. Throws `ShapeError` for an index outside the axis.
 *
 * @example
 * take(tensor([10, 20, 30]), tensor([2, 0], { dtype: "int32" })).toArray(); // [30, 10]
 */
export const take = ops.take as TakeFunction;
/**
 * One element per index along an axis, as PyTorch's `gather`: `y[i][j] = x[i][indices[i][j]]` for axis 1. The
 * result has the shape of the indices. Throws `ShapeError` for an index outside the axis.
 *
 * @example
 * gather(tensor([[1, 2], [3, 4]]), 1, tensor([[1], [0]], { dtype: "int32" })).toArray(); // [[2], [3]]
 */
export const gather = ops.gather as GatherFunction;
/**
 * An axis (default 0) cut into equal parts, or into given lengths. Views. Throws `ShapeError` when they do
 * not fill it.
 *
 * @example
 * split(arange(4), 2).map((part) => part.toArray()); // [[0, 1], [2, 3]]
 */
export const split = ops.split as SplitFunction;
/**
 * Zero above the k-th diagonal of [..., m, n].
 *
 * @example
 * tril(ones([2, 2])).toArray(); // [[1, 0], [1, 1]]
 */
export const tril = ops.tril as TriangleFunction<"tril">;
/**
 * Zero below the k-th diagonal of [..., m, n].
 *
 * @example
 * triu(ones([2, 2]), 1).toArray(); // [[0, 1], [0, 0]]
 */
export const triu = ops.triu as TriangleFunction<"triu">;

// ---- growing and joining ----

/**
 * [before, after] elements of `value` (default 0) around every axis.
 *
 * @example
 * pad(tensor([1, 2]), [[1, 2]], 9).toArray(); // [9, 1, 2, 9, 9]
 */
export const pad = ops.pad as PadFunction;
/**
 * The whole tensor repeated along every axis, as NumPy's `tile`.
 *
 * @example
 * tile(tensor([1, 2]), [2]).toArray(); // [1, 2, 1, 2]
 */
export const tile = ops.tile as TileFunction;
/**
 * Every element repeated along an axis, as NumPy's `repeat`.
 *
 * @example
 * repeat(tensor([1, 2]), 2, 0).toArray(); // [1, 1, 2, 2]
 */
export const repeat = ops.repeat as RepeatFunction;
/**
 * Reversed along an axis, several, or all.
 *
 * @example
 * flip(tensor([1, 2, 3])).toArray(); // [3, 2, 1]
 */
export const flip = ops.flip as FlipFunction;
/**
 * Joined along an axis (default 0) that all have. Throws `ShapeError` when the other axes differ.
 *
 * @example
 * concat([tensor([1, 2]), tensor([3])]).toArray(); // [1, 2, 3]
 */
export const concat = ops.concat as ConcatFunction;
/**
 * Side by side along a new axis (default 0). Throws `ShapeError` when the shapes differ.
 *
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray(); // [[1, 3], [2, 4]]
 */
export const stack = ops.stack as StackFunction;
