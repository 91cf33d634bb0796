import { locateExtremes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const argminWasm = laneKernel((lanes) => locateExtremes("min", lanes));
