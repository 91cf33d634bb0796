import { logSoftmaxRows } from "../../kernels/index.js";
import { softmaxKernel } from "../wasm.js";

export const logSoftmaxWasm = softmaxKernel("logSoftmax", logSoftmaxRows);
