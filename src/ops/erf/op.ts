import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { erfOf } from "./reference.js";

export const erfOp = defineUnary({ name: "erf", scalar: erfOf, flops: 1 });

/** The error function 2/√π · ∫₀ˣ e^(−t²) dt. */
export const erf = (x: Tensor): Tensor => apply(erfOp, [x], undefined);
