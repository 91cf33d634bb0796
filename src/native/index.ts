export {
  lapack,
  nativeChoice,
  nativeStatus,
  selectNative,
  type NativeChoice,
  type NativeStatus,
} from "./blas.js";
export { adviseHugePages } from "./huge-pages.js";
export { allocateRecycled } from "./recycle.js";
export { nativeTakes, planGemm, preparingPays, type NativeGemm } from "./gemm.js";
export type { RealOperand, Reals } from "./operand.js";
export type { Lapack, LapackStatus, Precision } from "./lapack/lapack.js";
export type { RoutineName, Routines, SvdJob } from "./lapack/routines.js";
