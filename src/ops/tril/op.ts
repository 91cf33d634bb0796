import { apply } from "../../op/apply.js";
import type { Tensor } from "../../tensor/tensor.js";
import { defineTriangle } from "../triangle.js";

export const trilOp = defineTriangle("tril", "below");

/** Zero above the k-th diagonal of the last two axes. */
export const tril = (x: Tensor, k = 0): Tensor => apply(trilOp, [x], k);
