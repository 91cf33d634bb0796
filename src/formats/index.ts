export type { Checkpoint, TensorInfo } from "./checkpoint-view.js";
export { openCheckpoint } from "./checkpoint.js";
export type { StoredDType } from "./dtypes.js";
export { openSafetensors } from "./safetensors.js";
export type { FileInput } from "./source.js";
export { encodeSafetensors, writeSafetensors, type WriteOptions, type WrittenFiles } from "./write.js";
export type { LazyTensor, TensorCollection, Writable } from "./write-plan.js";
export { decodeNpy, encodeNpy, readNpy, writeNpy } from "./npy.js";
export { readNpz } from "./npz.js";
