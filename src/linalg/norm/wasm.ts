import { foldLanes } from "../../kernels/index.js";
import { laneKernel } from "../../ops/reduction.js";
import type { NormAttributes } from "./op.js";

/** Lengths, as the root of the sum of squared distances from 0. Left to the reference where squares overflow or vanish. */
export const vectorNormWasm = laneKernel<NormAttributes>((lanes, { ord }) => {
  if (ord !== 2) return undefined;
  const squares = foldLanes("sum", lanes, new Float64Array(lanes.outer * lanes.inner));
  // Squares of float32 lie within float64.
  const least = lanes.input instanceof Float32Array ? 0 : 2 ** -900;
  return squares.every((square) => square >= least && square < Infinity) ? squares.map(Math.sqrt) : undefined;
});
