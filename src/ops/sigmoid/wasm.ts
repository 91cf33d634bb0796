import { float32MapKernel } from "../wasm.js";

export const sigmoidWasm = float32MapKernel("sigmoid");
