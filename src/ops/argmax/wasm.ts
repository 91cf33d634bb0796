import { locateExtremes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const argmaxWasm = laneKernel((lanes) => locateExtremes("max", lanes));
