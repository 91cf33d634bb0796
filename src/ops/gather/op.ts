import { apply, dimsOf } from "../../op/apply.js";
import { bytesOfOperand, defineOp } from "../../op/define.js";
import type { Axis } from "../../shape/axes.js";
import { resolveAxis } from "../../shape/axes.js";
import { gatherShape } from "../../shape/gather.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireIndices } from "../indices.js";
import { gatherReference } from "./reference.js";

export const gatherOp = defineOp<number>({
  name: "gather",
  infer: ([x, indices], axis) => {
    requireIndices("gather", indices);
    return [{ dims: gatherShape(x.dims, indices.dims, axis).shape, dtype: x.dtype }];
  },
  // only what is picked is read
  cost: ({ inputs: [, indices], outputs: [y] }) => ({
    bytesRead: bytesOfOperand(y).plus(bytesOfOperand(indices)),
  }),
  reference: gatherReference,
});

/**
 * One element per index along an axis: `y[i][j] = x[i][indices[i][j]]` for axis 1. The result has the shape of
 * `indices`. Negative indices count from the end; throws `ShapeError` for one outside the axis.
 */
export const gather = (x: Tensor, axis: Axis, indices: Tensor): Tensor =>
  apply(gatherOp, [x, indices], resolveAxis("gather", dimsOf("gather", x), axis));
