import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { alignCounts, tileShape } from "../../shape/tile.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expand } from "../expand/op.js";
import { reshape } from "../reshape/op.js";

export const tileOp = defineOp<readonly number[]>({
  name: "tile",
  infer: ([x], counts) => [{ dims: tileShape(x.dims, counts), dtype: x.dtype }],
  compose: ([x], given) => {
    const { shape, counts } = alignCounts(x.dims, given);
    const single = reshape(
      x,
      shape.flatMap((size) => [1, size]),
    );
    const repeated = expand(
      single,
      shape.flatMap((size, axis) => [counts[axis], size]),
    );
    return [reshape(repeated, tileShape(x.dims, given))];
  },
});

/** The whole tensor `counts[i]` times along every axis; the shorter list is filled up with ones on the left. */
export const tile = (x: Tensor, counts: readonly number[]): Tensor => apply(tileOp, [x], counts);
