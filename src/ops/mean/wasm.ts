import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const meanWasm = laneKernel((lanes) => foldLanes("sum", lanes).map((sum) => sum / lanes.length));
