import { scanLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const prodWasm = laneKernel((lanes) => scanLanes("product", lanes));
