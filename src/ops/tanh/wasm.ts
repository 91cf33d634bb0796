import { floatMapKernel } from "../wasm.js";

export const tanhWasm = floatMapKernel("tanh");
