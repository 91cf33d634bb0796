import { floatMapKernel } from "../wasm.js";

export const sqrtWasm = floatMapKernel("sqrt");
