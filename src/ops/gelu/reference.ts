import { erfcOf } from "../erf/reference.js";

/** Written with erfc, so that the left tail keeps its relative accuracy: 1 + erf cancels there. */
export const geluOf = (x: number): number => 0.5 * x * erfcOf(-x * Math.SQRT1_2);
