import { float32MapKernel } from "../wasm.js";

export const siluWasm = float32MapKernel("silu");
