export { accessPatterns, type AccessPattern, type AccessPatterns } from "./access-pattern.js";
export { fastest, fullBench, type Bench } from "./bench.js";
export { blasLevels, type BlasLevel } from "./blas-levels.js";
export { copyBandwidth } from "./copy-bandwidth.js";
export { bestRate, gemmRates, type GemmRate } from "./gemm-peak.js";
export { gemmOrders, type GemmOrder } from "./gemm-orders.js";
export { readHost, type Host } from "./host.js";
export { describeMachine, measureMachine, measureOptions, type MeasureOptions } from "./this-machine.js";
export { wasmFeatures, type WasmFeatures } from "./wasm-features.js";
