import { DTypeError } from "../../base/errors.js";
import { apply } from "../../op/apply.js";
import { bytesOfOperand, defineOp } from "../../op/define.js";
import { embeddingShape } from "../../shape/embedding.js";
import type { Tensor } from "../../tensor/tensor.js";
import { embeddingReference } from "./reference.js";

/** Inputs: ids, table. Only the rows that are asked for are read. */
export const embeddingOp = defineOp({
  name: "embedding",
  infer: ([ids, table]) => {
    if (ids.dtype !== "int32" && ids.dtype !== "int64") {
      throw new DTypeError(`embedding: ids must be int32 or int64, got ${ids.dtype}; use .cast("int32")`, {
        op: "embedding",
        dtypes: [ids.dtype, table.dtype],
      });
    }
    return [{ dims: embeddingShape(ids.dims, table.dims), dtype: table.dtype }];
  },
  cost: ({ inputs: [ids], outputs: [y] }) => ({ bytesRead: bytesOfOperand(ids).plus(bytesOfOperand(y)) }),
  reference: embeddingReference,
});

/**
 * The rows of `table` [vocabulary, d] at `ids` (int32 or int64, any shape) -> [...ids, d].
 * Throws `ShapeError` for an id outside [0, vocabulary).
 *
 * @example
 * embedding(tensor([[5, 2]], { dtype: "int32" }), table); // [1, 2, d]
 */
export const embedding = (ids: Tensor, table: Tensor): Tensor => apply(embeddingOp, [ids, table], undefined);
