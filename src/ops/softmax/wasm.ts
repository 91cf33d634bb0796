import { softmaxRows } from "../../kernels/index.js";
import { softmaxKernel } from "../wasm.js";

export const softmaxWasm = softmaxKernel("softmax", softmaxRows);
