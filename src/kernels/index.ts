export { gemm, gemmBatched, type BatchedGemmCall, type GemmCall } from "./gemm.js";
export { selectWasmBuild, wasmAvailable, wasmBuild, type WasmBuild } from "./module.js";
export type { Elements, Operand } from "./operand.js";
