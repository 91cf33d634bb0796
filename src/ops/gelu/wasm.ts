import { floatMapKernel } from "../wasm.js";

export const geluWasm = floatMapKernel("gelu");
