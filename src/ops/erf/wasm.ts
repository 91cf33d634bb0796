import { float32MapKernel } from "../wasm.js";

export const erfWasm = float32MapKernel("erf");
