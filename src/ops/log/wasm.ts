import { float32MapKernel } from "../wasm.js";

export const logWasm = float32MapKernel("log");
