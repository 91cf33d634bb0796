import "../backends/cpu.js";

export { eigh } from "./eigh/op.js";
export { matrixNorm, norm, vectorNorm, type MatrixNormOrder } from "./norm/op.js";
export { svd } from "./svd/op.js";
export { trace } from "./trace/op.js";
