import type { Tensor } from "../src/tensor/tensor.js";

/** The largest absolute difference between two tensors of equal shape; NaN counts as infinitely far from a number. */
export function largestDifference(actual: Tensor, expected: Tensor): number {
  if (String(actual.dims) !== String(expected.dims)) {
    throw new Error(`shapes differ: ${String(actual.dims)} and ${String(expected.dims)}`);
  }
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])];
    if (Object.is(x, y) || x === y) continue;
    const difference = Math.abs(x - y);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}
