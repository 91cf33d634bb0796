import type { Reals } from "../../native/index.js";

/**
 * 1 or −1 for each column of a row-major matrix: what makes its largest entry positive. Of entries that differ by
 * rounding alone the first counts, so that engines agree.
 */
export function columnSigns(values: Reals, rows: number, columns: number): Float64Array {
  const nearly = values instanceof Float32Array ? 1 + 2 ** -14 : 1 + 1e-12;
  const largest = new Float64Array(columns); // magnitudes
  const signs = new Float64Array(columns).fill(1);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const x = values[at];
      const magnitude = Math.abs(x);
      if (magnitude > largest[j] * nearly) {
        largest[j] = magnitude;
        signs[j] = x < 0 ? -1 : 1;
      }
    }
  }
  return signs;
}
