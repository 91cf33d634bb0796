import { floatMapKernel } from "../wasm.js";

export const reluWasm = floatMapKernel("relu");
