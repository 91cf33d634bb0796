/** 1 / (1 + e⁻ˣ), written so that the exponential never overflows. */
export function sigmoidOf(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}
