import { laneKernel } from "../reduction.js";
import type { VarianceAttributes } from "../var/op.js";
import { variances } from "../var/wasm.js";

export const stdWasm = laneKernel<VarianceAttributes>((lanes, { correction }) =>
  variances(lanes, correction).map(Math.sqrt),
);
