import { float32MapKernel } from "../wasm.js";

export const reluWasm = float32MapKernel("relu");
