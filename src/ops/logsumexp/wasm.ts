import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";

export const logsumexpWasm = laneKernel((lanes) => {
  const largest = foldLanes("max", lanes);
  const sums = foldLanes("expSum", lanes, largest.map(orZero));
  return largest.map((value, i) => (Number.isFinite(value) ? value + Math.log(sums[i]) : value));
});

const orZero = (value: number): number => (Number.isFinite(value) ? value : 0);
