import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const sumWasm = laneKernel((lanes) => foldLanes("sum", lanes));
