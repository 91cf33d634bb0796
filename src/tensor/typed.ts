// How the shape rules reach the user: errors sit on the argument that is wrong, results never cascade.
import type { Dim, Ext, Shape, ShapeError, Unchecked } from "../shape/types/index.js";
import type { Tensor } from "./tensor.js";

/** A parameter of type T when the shapes are fine, otherwise the message itself, which no argument fits. */
export type Arg<Result, T, Z> = Ext<Result, ShapeError<string>, Z> extends true ? MessageOf<Result> : T;
type MessageOf<Result> = Result extends ShapeError<string> ? Result["~shapeError"] : never;

/**
 * The same for array literals, as `N & Chk<…>`. A conditional in that place would make the compiler expand its
 * constraint without end (TS2589); an intersection does not.
 */
export type Chk<Result, Z> = Ext<Result, ShapeError<string>, Z> extends true ? Result : unknown;

/** The result; after an error an unchecked tensor, so that one mistake gives one message. */
export type Res<Result, Z> =
  Ext<Result, ShapeError<string>, Z> extends true ? Tensor<Unchecked> : Tensor<Result>;

/** An axis: a number, negative from the end, or the name of its dim. */
export type Axis = number | string;
/** A list of axes. The mutable half of the union makes the compiler infer (and print) a plain tuple. */
export type AxisList = Axis[] | readonly Axis[];
/** One axis, several, or all. */
export type Axes = Axis | AxisList | undefined;
/** A shape as an argument: sizes, names, or sizes that remember names. */
export type ShapeArg = Dim[] | readonly Dim[];

/** An operand of an elementwise operation. A number never changes a shape, so it counts as a scalar. */
export type Operand<S> = Tensor<S> | number;

export type ShapeList = readonly Shape[];
/** A list of shapes as the list of tensors that an array argument holds. */
export type Tensors<List extends ShapeList> = readonly [...{ [K in keyof List]: Tensor<List[K]> }];
