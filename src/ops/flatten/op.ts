import { dimsOf } from "../../op/apply.js";
import { countElements } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { reshape } from "../reshape/op.js";

/** All elements along one axis, in row-major order. A view where strides allow. */
export const flatten = (x: Tensor): Tensor => reshape(x, [countElements(dimsOf("flatten", x))]);
