import { float32MapKernel } from "../wasm.js";

export const expWasm = float32MapKernel("exp");
