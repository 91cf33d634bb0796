import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sigmoidOf } from "./reference.js";

// neg, exp, add, reciprocal
export const sigmoidOp = defineUnary({ name: "sigmoid", scalar: sigmoidOf, flops: 4 });

/** The logistic function 1 / (1 + e⁻ˣ). */
export const sigmoid = (x: Tensor): Tensor => apply(sigmoidOp, [x], undefined);
