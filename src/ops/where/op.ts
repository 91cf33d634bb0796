import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { broadcastShapes } from "../../shape/broadcast.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cast } from "../cast/op.js";
import { asOperand, type Operand } from "../operand.js";
import { whereReference } from "./reference.js";

export const whereOp = defineOp({
  name: "where",
  infer: ([condition, x, y]) => [
    { dims: broadcastShapes("where", condition.dims, x.dims, y.dims), dtype: promoteTypes(x.dtype, y.dtype) },
  ],
  reference: ([condition, x, y], [output]) =>
    whereReference(
      [cast(condition, "bool"), cast(x, output.dtype), cast(y, output.dtype)],
      [output],
      undefined,
    ),
});

/** x where `condition` is non-zero, else y; all three broadcast, x and y meet in one dtype. */
export const where = (condition: Tensor, x: Operand, y: Operand): Tensor =>
  apply(whereOp, [condition, asOperand(x, y), asOperand(y, x)], undefined);
