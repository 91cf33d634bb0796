import { dimsOf } from "./apply.js";
import { ShapeError } from "../base/errors.js";
import { requireBoolean } from "../base/options.js";
import { reduceShape, resolveAxes, type Axis } from "../shape/axes.js";
import { showShape, type Size } from "../shape/dim.js";
import { Polynomial } from "../shape/polynomial.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { defineOp, type Op } from "./define.js";
import { readBigInts, readValues, writeValues } from "./loops.js";

export interface ReductionAttributes {
  /** Axes to reduce, resolved and sorted. */
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

/** Resolves the axes of a reduction once, at the public boundary. */
export function reductionAttributes(
  op: string,
  x: Tensor,
  axes: Axis | readonly Axis[] | undefined,
  keepdims: boolean,
): ReductionAttributes {
  return { axes: resolveAxes(op, dimsOf(op, x), axes), keepdims: requireBoolean(op, "keepdims", keepdims) };
}

interface ReductionRule<A extends ReductionAttributes> {
  readonly name: string;
  /** One lane (all elements that fall together, in row-major order), in float64. */
  readonly lane: (values: Float64Array, attributes: A) => number;
  /** One lane of integers, exactly. Used for int64, and for all integers that `exactFor` names. */
  readonly bigint?: (values: BigInt64Array) => bigint;
  readonly exactFor?: (dtype: DType) => boolean;
  readonly result: (dtype: DType) => DType;
  /** Arithmetic operations per input element. */
  readonly flops: number;
  /** And per result. Default 0. */
  readonly flopsPerResult?: number;
  /** The reduction has a value for no elements. Default true. */
  readonly acceptsEmpty?: boolean;
}

/** An op that folds some axes into one value each. */
export function defineReduction<A extends ReductionAttributes = ReductionAttributes>(
  rule: ReductionRule<A>,
): Op<A> {
  const { name, bigint, exactFor = (dtype) => dtype === "int64" } = rule;
  return defineOp<A>({
    name,
    infer: ([x], { axes, keepdims }) => {
      if (rule.acceptsEmpty === false) rejectEmpty(name, x.dims, axes);
      return [{ dims: reduceShape(x.dims, axes, keepdims), dtype: rule.result(x.dtype) }];
    },
    cost: ({ inputs: [x], outputs: [y] }) => ({
      flops: Polynomial.product(rule.flops, ...x.dims).plus(
        Polynomial.product(rule.flopsPerResult ?? 0, ...y.dims),
      ),
    }),
    reference: ([x], [y], attributes) => {
      const { axes } = attributes;
      if (bigint === undefined || !exactFor(x.dtype)) {
        const lanes = lanesOf(readValues(lanesLast(x, axes)), x, axes);
        return writeValues(
          y,
          Float64Array.from({ length: y.size }, (_, i) => rule.lane(lanes(i), attributes)),
        );
      }
      const lanes = lanesOf(readBigInts(lanesLast(x, axes)), x, axes);
      for (let i = 0; i < y.size; i++) {
        const value = bigint(lanes(i));
        y.elements[i] = y.dtype === "int64" ? value : Number(value);
      }
    },
  });
}

function rejectEmpty(op: string, shape: readonly Size[], axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0);
  if (empty === undefined) return;
  throw new ShapeError(`${op}: axis ${empty} of ${showShape(shape)} is empty: no element to choose from`, {
    op,
    shapes: [shape],
    axis: empty,
  });
}

/** The reduced axes moved last: each lane is consecutive in row-major order. */
function lanesLast(x: Tensor, axes: readonly number[]): Tensor {
  const order = [...x.sizes.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  return x.withView({
    dims: order.map((axis) => x.dims[axis]),
    strides: order.map((axis) => x.strides[axis]),
  });
}

/** The i-th lane of values that `lanesLast` put in order. */
function lanesOf<V extends { subarray(start: number, end: number): V }>(
  values: V,
  x: Tensor,
  axes: readonly number[],
): (i: number) => V {
  const length = axes.reduce((product, axis) => product * x.sizes[axis], 1);
  return (i) => values.subarray(i * length, (i + 1) * length);
}
