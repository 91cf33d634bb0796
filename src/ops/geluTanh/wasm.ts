import { floatMapKernel } from "../wasm.js";

export const geluTanhWasm = floatMapKernel("geluTanh");
