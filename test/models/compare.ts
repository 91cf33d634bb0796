import type { Tensor } from "../../src/tensor/tensor.js";

export const numbers = (x: Tensor): number[] => Array.from(x.dataSync() as ArrayLike<number>, Number);

/** ‖actual − expected‖ / ‖expected‖. What is not finite must be equal: otherwise the error is infinite. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [difference, norm] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i], expected[i]];
    if (a === e && !Number.isFinite(e)) continue;
    difference += (a - e) ** 2;
    norm += e ** 2;
  }
  if (difference === 0) return 0;
  return Number.isNaN(difference) ? Infinity : Math.sqrt(difference / norm);
}
