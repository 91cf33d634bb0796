import { floatMapKernel } from "../wasm.js";

export const sigmoidWasm = floatMapKernel("sigmoid");
