import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const maxWasm = laneKernel((lanes) => foldLanes("max", lanes));
