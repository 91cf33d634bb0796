export { blockTree, repeatedBlocks, type Block } from "./blocks.js";
export {
  backwardMatmulFlops,
  bytesOfStorages,
  gradientProducts,
  keptBy,
  keptForBackward,
} from "./gradient.js";
export { findHardware, hardware, type Hardware, type PeakType } from "./hardware/index.js";
export { measureMachine, type MeasureOptions } from "./machine/index.js";
export {
  activationBytes,
  checkpointedBytes,
  optimizerBytes,
  peakActivationBytes,
  recomputedFlops,
  sizesAt,
  trainingMemory,
  weightsBytes,
  type SizeOf,
  type TrainingMemory,
} from "./memory.js";
export { intensityOf, type Bindings, type Operand, type OpRecord, type Storage } from "./record.js";
export { Recorder, trace, type Traceable } from "./recorder.js";
export {
  backwardSeconds,
  dtypeOf,
  forwardTiming,
  peakFlops,
  ridge,
  roofline,
  type RooflineOptions,
  type Timing,
  type Work,
} from "./roofline.js";
export { totalOf, Trace, type NamedOperand, type Totals } from "./trace.js";
