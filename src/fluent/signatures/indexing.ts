// Signatures of the operations that pick, repeat or surround elements.
import type {
  AtLeastMatrix,
  GatherAlong,
  HasAxes,
  Pad,
  Repeat,
  Select,
  Shape,
  Slice,
  Take,
  Tile,
} from "../../shape/types/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Axes, Axis, Chk, Res } from "../../tensor/typed.js";

/** One index along an axis, which disappears. */
export interface SelectFunction {
  <A extends Shape, const X extends Axis, Z = 0>(
    x: Tensor<A>,
    axis: Arg<Select<A, X, Z>, X, Z>,
    index: number,
  ): Res<Select<A, X, Z>, Z>;
}
export interface SelectMethod {
  <A extends Shape, const X extends Axis, Z = 0>(
    this: Tensor<A>,
    axis: Arg<Select<A, X, Z>, X, Z>,
    index: number,
  ): Res<Select<A, X, Z>, Z>;
}

type Bound = number | undefined;
/** `start:end` when the step is 1; another step makes the length unknown. */
type Sliced<A, X, Start, End, Step, Z> = Step extends 1
  ? Slice<A, X, Start, End, Z>
  : Slice<A, X, number, End, Z>;

/** start:end along an axis; negative bounds count from its end. */
export interface SliceFunction {
  <
    A extends Shape,
    const X extends Axis,
    const B extends number,
    const C extends Bound = undefined,
    const S extends number = 1,
    Z = 0,
  >(
    x: Tensor<A>,
    axis: X & Chk<Select<A, X, Z>, Z>,
    start: B,
    end?: Arg<Sliced<A, X, B, C, S, Z>, C, Z>,
    step?: S,
  ): Res<Sliced<A, X, B, C, S, Z>, Z>;
}
export interface SliceMethod {
  <
    A extends Shape,
    const X extends Axis,
    const B extends number,
    const C extends Bound = undefined,
    const S extends number = 1,
    Z = 0,
  >(
    this: Tensor<A>,
    axis: X,
    start: B,
    end?: Arg<Sliced<A, X, B, C, S, Z>, C, Z>,
    step?: S,
  ): Res<Sliced<A, X, B, C, S, Z>, Z>;
}

/** Whole slices by index; the axis (default 0) is replaced by the shape of the indices. */
export interface TakeFunction {
  <A extends Shape, I extends Shape, const X extends Axis = 0, Z = 0>(
    x: Tensor<A>,
    indices: Tensor<I>,
    axis?: Arg<Take<A, I, X, Z>, X, Z>,
  ): Res<Take<A, I, X, Z>, Z>;
}
export interface TakeMethod {
  <A extends Shape, I extends Shape, const X extends Axis = 0, Z = 0>(
    this: Tensor<A>,
    indices: Tensor<I>,
    axis?: Arg<Take<A, I, X, Z>, X, Z>,
  ): Res<Take<A, I, X, Z>, Z>;
}

/** One element per index along an axis; the result has the shape of the indices. */
export interface GatherFunction {
  <A extends Shape, I extends Shape, const X extends Axis, Z = 0>(
    x: Tensor<A>,
    axis: X,
    indices: Arg<GatherAlong<A, I, X, Z>, Tensor<I>, Z>,
  ): Res<GatherAlong<A, I, X, Z>, Z>;
}
export interface GatherMethod {
  <A extends Shape, I extends Shape, const X extends Axis, Z = 0>(
    this: Tensor<A>,
    axis: X,
    indices: Arg<GatherAlong<A, I, X, Z>, Tensor<I>, Z>,
  ): Res<GatherAlong<A, I, X, Z>, Z>;
}

type Widths = (readonly [number, number])[] | readonly (readonly [number, number])[];
/** [before, after] for every axis. */
export interface PadFunction {
  <A extends Shape, const W extends Widths, Z = 0>(
    x: Tensor<A>,
    widths: W & Chk<Pad<A, W, Z>, Z>,
    value?: number,
  ): Res<Pad<A, W, Z>, Z>;
}
export interface PadMethod {
  <A extends Shape, const W extends Widths, Z = 0>(
    this: Tensor<A>,
    widths: W & Chk<Pad<A, W, Z>, Z>,
    value?: number,
  ): Res<Pad<A, W, Z>, Z>;
}

type Counts = number[] | readonly number[];
/** The whole tensor, again and again along every axis. */
export interface TileFunction {
  <A extends Shape, const N extends Counts, Z = 0>(x: Tensor<A>, counts: N): Res<Tile<A, N, Z>, Z>;
}
export interface TileMethod {
  <A extends Shape, const N extends Counts, Z = 0>(this: Tensor<A>, counts: N): Res<Tile<A, N, Z>, Z>;
}

/** Every element `count` times along an axis. */
export interface RepeatFunction {
  <A extends Shape, const N extends number, const X extends Axis, Z = 0>(
    x: Tensor<A>,
    count: N,
    axis: Arg<Repeat<A, N, X, Z>, X, Z>,
  ): Res<Repeat<A, N, X, Z>, Z>;
}
export interface RepeatMethod {
  <A extends Shape, const N extends number, const X extends Axis, Z = 0>(
    this: Tensor<A>,
    count: N,
    axis: Arg<Repeat<A, N, X, Z>, X, Z>,
  ): Res<Repeat<A, N, X, Z>, Z>;
}

/** Reversed along an axis, several, or all. */
export interface FlipFunction {
  <A extends Shape, const X extends Axes = undefined, Z = 0>(
    x: Tensor<A>,
    axis?: X & Chk<HasAxes<A, X, "flip", Z>, Z>,
  ): Tensor<A>;
}
export interface FlipMethod {
  <A extends Shape, const X extends Axes = undefined, Z = 0>(
    this: Tensor<A>,
    axis?: X & Chk<HasAxes<A, X, "flip", Z>, Z>,
  ): Tensor<A>;
}

/** tril, triu: zero above or below the k-th diagonal of the last two axes. */
export interface TriangleFunction<Op extends string> {
  <A extends Shape, Z = 0>(x: Arg<AtLeastMatrix<A, Op, Z>, Tensor<A>, Z>, k?: number): Tensor<A>;
}
export interface TriangleMethod<Op extends string> {
  <A extends Shape, Z = 0>(this: Arg<AtLeastMatrix<A, Op, Z>, Tensor<A>, Z>, k?: number): Tensor<A>;
}
