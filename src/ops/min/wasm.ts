import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const minWasm = laneKernel((lanes) => foldLanes("min", lanes));
