import { floatMapKernel } from "../wasm.js";

export const siluWasm = floatMapKernel("silu");
