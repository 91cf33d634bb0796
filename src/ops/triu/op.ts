import { apply } from "../../op/apply.js";
import type { Tensor } from "../../tensor/tensor.js";
import { defineTriangle } from "../triangle.js";

export const triuOp = defineTriangle("triu", "above");

/** Zero below the k-th diagonal of the last two axes. */
export const triu = (x: Tensor, k = 0): Tensor => apply(triuOp, [x], k);
