import { requireNumber } from "../../base/options.js";
import { ConfigError } from "../../base/errors.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clipReference, type Bounds } from "./reference.js";

export const clipOp = defineOp<Bounds>({
  name: "clip",
  infer: ([x], bounds) => {
    checkBounds(x.dtype, bounds);
    return [{ dims: x.dims, dtype: x.dtype }];
  },
  // one comparison per bound
  cost: ({ inputs: [x], attributes: { low, high } }) => ({
    flops: Polynomial.product(Number(low !== -Infinity) + Number(high !== Infinity), ...x.dims),
  }),
  reference: clipReference,
});

/** What the integer dtypes hold: [first, end). */
const ranges: Partial<Record<DType, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31],
  int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 256],
  bool: [0, 2],
};

/** A result must be a value of the dtype, so at least one must lie on the right side of either bound. */
function checkBounds(dtype: DType, { low, high }: Bounds): void {
  const range = ranges[dtype];
  if (range === undefined) return;
  const [first, end] = range;
  const wrong = !(Math.ceil(low) < end)
    ? `low ${low}`
    : !(Math.floor(high) >= first)
      ? `high ${high}`
      : undefined;
  if (wrong === undefined) return;
  throw new ConfigError(`clip: no ${dtype} lies within the bound ${wrong}; .cast to a wider dtype first`, {
    op: "clip",
    dtype,
    low,
    high,
  });
}

/**
 * x limited to [low, high], in the dtype of x; NaN stays, and `high` wins where the bounds cross.
 * Throws `ConfigError` for a bound that no value of an integer dtype meets.
 *
 * @example
 * clip(tensor([-2, 0.5, 7]), 0, 1).toArray(); // [0, 0.5, 1]
 */
export const clip = (x: Tensor, low = -Infinity, high = Infinity): Tensor =>
  apply(clipOp, [x], {
    low: requireNumber("clip", "low", low),
    high: requireNumber("clip", "high", high),
  });
