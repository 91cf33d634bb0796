// Tensors as users see them: functions and methods whose shapes the compiler checks.
// oxlint-disable-next-line import/no-unassigned-import -- attaching the methods is the point
import "./attach.js";
export type { TensorMethods } from "./methods.js";
export { fn } from "./fn.js";
export * from "./functions/creation.js";
export * from "./functions/elementwise.js";
export * from "./functions/products.js";
export * from "./functions/reductions.js";
export * from "./functions/shaping.js";
export { Tensor } from "../tensor/tensor.js";
export type { Dim, Dyn, Known, ParseShape, Shape, Size } from "../shape/types/index.js";
export type { NestedValues } from "../tensor/element.js";
