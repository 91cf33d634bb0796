import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { geluTanhOf } from "./reference.js";

// x³: mul, mul; mul, add, mul; tanh; add, mul, mul
export const geluTanhOp = defineUnary({ name: "geluTanh", scalar: geluTanhOf, flops: 9 });

/** GELU by the tanh approximation: x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))). */
export const geluTanh = (x: Tensor): Tensor => apply(geluTanhOp, [x], undefined);
