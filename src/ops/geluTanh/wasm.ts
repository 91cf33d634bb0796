import { float32MapKernel } from "../wasm.js";

export const geluTanhWasm = float32MapKernel("geluTanh");
