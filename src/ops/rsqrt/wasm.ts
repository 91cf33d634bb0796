import { floatMapKernel } from "../wasm.js";

export const rsqrtWasm = floatMapKernel("rsqrt");
