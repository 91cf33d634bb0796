import { reduceShape, resolveAxes, type Axis } from "../shape/axes.js";
import { Polynomial } from "../shape/polynomial.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { defineOp, type Op } from "./define.js";
import { readValues, writeValues } from "./loops.js";

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
  return { axes: resolveAxes(op, x.dims, axes), keepdims };
}

interface ReductionRule<A extends ReductionAttributes> {
  readonly name: string;
  /** One lane (all elements that fall together), in float64. */
  readonly lane: (values: Float64Array, attributes: A) => number;
  readonly result: (dtype: DType) => DType;
  /** Arithmetic operations per input element. */
  readonly flops: number;
}

/** An op that folds some axes into one value each. */
export function defineReduction<A extends ReductionAttributes = ReductionAttributes>(
  rule: ReductionRule<A>,
): Op<A> {
  return defineOp<A>({
    name: rule.name,
    infer: ([x], { axes, keepdims }) => [
      { dims: reduceShape(x!.dims, axes, keepdims), dtype: rule.result(x!.dtype) },
    ],
    cost: ({ inputs: [x] }) => ({ flops: Polynomial.product(rule.flops, ...x!.dims) }),
    reference: ([x], [y], attributes) => {
      const lanes = laneMajor(x!, attributes.axes);
      const length = attributes.axes.reduce((product, axis) => product * x!.sizes[axis]!, 1);
      writeValues(
        y!,
        Array.from({ length: y!.size }, (_, i) =>
          rule.lane(lanes.subarray(i * length, (i + 1) * length), attributes),
        ),
      );
    },
  });
}

/** The values with the reduced axes moved last: each lane is consecutive. */
function laneMajor(x: Tensor, axes: readonly number[]): Float64Array {
  const order = [...x.sizes.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  return readValues(
    x.withView({ dims: order.map((axis) => x.dims[axis]!), strides: order.map((axis) => x.strides[axis]!) }),
  );
}
