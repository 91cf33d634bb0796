import { floatMapKernel } from "../wasm.js";

export const logWasm = floatMapKernel("log");
