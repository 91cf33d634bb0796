import { float32MapKernel } from "../wasm.js";

export const sqrtWasm = float32MapKernel("sqrt");
