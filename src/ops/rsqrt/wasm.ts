import { float32MapKernel } from "../wasm.js";

export const rsqrtWasm = float32MapKernel("rsqrt");
