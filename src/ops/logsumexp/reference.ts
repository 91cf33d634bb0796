/** The largest value is taken out first, so that no exponential overflows. */
export function logSumExpOf(values: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]);
  if (!Number.isFinite(largest)) return largest; // nothing, only −∞, an ∞ or a NaN
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Math.exp(values[i] - largest);
  return largest + Math.log(total);
}
