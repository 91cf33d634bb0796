import { floatMapKernel } from "../wasm.js";

export const expWasm = floatMapKernel("exp");
