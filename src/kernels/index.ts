export { mapFloat32, mapFloat64, type FloatMap } from "./elementwise.js";
export { computeGrid, gridOps, type GridCall, type GridKernel, type GridOperand } from "./grid.js";
export { narrowToHalves, widenHalves, type Half } from "./halves.js";
export { gemm, gemmBatched, type BatchedGemmCall, type GemmCall } from "./gemm.js";
export type { KernelExports } from "./exports.js";
export { holding, type HeldMatrix } from "./held.js";
export { linalgKernels, type LinalgKernels } from "./linalg.js";
export {
  instantiateAlone,
  selectWasmBuild,
  wasmAvailable,
  wasmBuild,
  type Kernels,
  type WasmBuild,
} from "./module.js";
export type { Elements, Operand } from "./operand.js";
export { foldLanes, locateExtremes, type Fold, type Lanes } from "./reduce.js";
export { softmaxColumns } from "./columns.js";
export { scanLanes } from "./scan.js";
export { transposeLines, type Lines } from "./transpose.js";
export { align } from "./arena.js";
export { attendBlocks, type Attention, type ScoreBias } from "./attention.js";
export { rotateRows, type RotatedRows } from "./rotary.js";
export {
  layerNormRows,
  logSoftmaxRows,
  rmsNormRows,
  softmaxRows,
  type NormalizedRows,
  type Rows,
} from "./rows.js";
export { MOST_SLOTS, type Job, type ThreadPool } from "./pool.js";
export { engineStatus, selectThreads, threadsOver, whenThreadsReady, type EngineStatus } from "./threads.js";
