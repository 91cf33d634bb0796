import { float32MapKernel } from "../wasm.js";

export const tanhWasm = float32MapKernel("tanh");
