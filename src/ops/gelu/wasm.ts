import { float32MapKernel } from "../wasm.js";

export const geluWasm = float32MapKernel("gelu");
