import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sigmoidOf } from "../sigmoid/reference.js";

// sigmoid (neg, exp, add, reciprocal), mul
export const siluOp = defineUnary({ name: "silu", scalar: (x) => x * sigmoidOf(x), flops: 5 });

/** x · sigmoid(x), also called swish. */
export const silu = (x: Tensor): Tensor => apply(siluOp, [x], undefined);
