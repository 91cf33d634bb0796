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

/** Another shape with as many elements; one size may be −1. */
export const reshape = ops.reshape as ReshapeFunction;
/** All axes merged into one. */
export const flatten = ops.flatten as FlattenFunction;
/** Two axes swapped, the last two by default. */
export const transpose = ops.transpose as TransposeFunction;
/** Axes in another order. */
export const permute = ops.permute as PermuteFunction;
/** Without axes of size 1: the given ones, or all. */
export const squeeze = ops.squeeze as SqueezeFunction;
/** With a new axis of size 1. */
export const unsqueeze = ops.unsqueeze as UnsqueezeFunction;
/** Broadcast to a shape, without copying. */
export const expand = ops.expand as ExpandFunction;
/** `rearrange(x, "B n (h d) -> B h n d", { h: 12 })` */
export const rearrange = ops.rearrange as RearrangeFunction;

// ---- parts ----

/** start:end along an axis; negative bounds count from its end. */
export const slice = ops.slice as SliceFunction;
/** One index along an axis, which disappears. */
export const select = ops.select as SelectFunction;
/** Whole slices by index; the axis becomes the shape of the indices. */
export const take = ops.take as TakeFunction;
/** One element per index along an axis. */
export const gather = ops.gather as GatherFunction;
/** An axis cut into equal parts, or into given lengths. */
export const split = ops.split as SplitFunction;
/** Zero above the k-th diagonal. */
export const tril = ops.tril as TriangleFunction<"tril">;
/** Zero below the k-th diagonal. */
export const triu = ops.triu as TriangleFunction<"triu">;

// ---- growing and joining ----

/** [before, after] elements of `value` around every axis. */
export const pad = ops.pad as PadFunction;
/** The whole tensor repeated along every axis. */
export const tile = ops.tile as TileFunction;
/** Every element repeated along an axis. */
export const repeat = ops.repeat as RepeatFunction;
/** Reversed along an axis, several, or all. */
export const flip = ops.flip as FlipFunction;
/** Joined along an axis that all have. */
export const concat = ops.concat as ConcatFunction;
/** Side by side along a new axis. */
export const stack = ops.stack as StackFunction;
