export { nativeStatus, selectNative, type NativeChoice, type NativeStatus } from "./blas.js";
export { adviseHugePages } from "./huge-pages.js";
export { nativeTakes, planGemm, preparingPays, type NativeGemm } from "./gemm.js";
export type { RealOperand, Reals } from "./operand.js";
