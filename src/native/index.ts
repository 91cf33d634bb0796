export { nativeStatus, selectNative, type NativeChoice, type NativeStatus } from "./blas.js";
export { nativeTakes, planGemm, preparingPays, type NativeGemm } from "./gemm.js";
export type { RealOperand, Reals } from "./operand.js";
