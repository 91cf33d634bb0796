import { sumOf } from "../sum/reference.js";

/** Two passes: the mean first, then the squared distances from it. */
export function varianceOf(values: Float64Array, correction: number): number {
  const mean = sumOf(values) / values.length;
  const squares = values.map((value) => (value - mean) ** 2);
  return sumOf(squares) / Math.max(0, values.length - correction);
}
