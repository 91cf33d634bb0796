import { sumOf } from "../sum/reference.js";

/** Two passes: the mean first, then the squared distances from it. */
export function varianceOf(values: Float64Array, correction: number): number {
  const mean = sumOf(values) / values.length;
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] - mean) ** 2;
  return total / Math.max(0, values.length - correction);
}
