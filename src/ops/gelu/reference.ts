import { erfcOf } from "../erf/reference.js";
import { exactProduct } from "../product.js";

/** √½ − Math.SQRT1_2 */
const rootLow = -4.833646656726457e-17;

/**
 * Written with erfc, so that the left tail keeps its relative accuracy: 1 + erf cancels there. A rounding error of
 * erfc's argument t counts 2t² times; it is put right by the derivative.
 */
export function geluOf(x: number): number {
  if (!(Math.abs(x) < 1e3)) return 0.5 * x * erfcOf(-x * Math.SQRT1_2);
  const [t, low] = exactProduct(-x, Math.SQRT1_2);
  const slope = (-2 / Math.sqrt(Math.PI)) * Math.exp(-t * t);
  return 0.5 * x * (erfcOf(t) + slope * (low - x * rootLow));
}
