import { floatMapKernel } from "../wasm.js";

export const erfWasm = floatMapKernel("erf");
