import { foldLanes, type Lanes } from "../../kernels/index.js";
import { laneKernel } from "../reduction.js";
import type { VarianceAttributes } from "./op.js";

/** Two passes, as the reference: the means, then the squared distances from them. */
export function variances(lanes: Lanes, correction: number): Float64Array {
  const means = foldLanes("sum", lanes).map((sum) => sum / lanes.length);
  const divisor = Math.max(0, lanes.length - correction);
  return foldLanes("sum", lanes, means).map((sum) => sum / divisor);
}

export const varianceWasm = laneKernel<VarianceAttributes>((lanes, { correction }) =>
  variances(lanes, correction),
);
