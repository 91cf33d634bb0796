import { rotaryFrequencies, type RotaryFrequencies } from "./frequencies.js";

/** For each position the cosines of all pairs, then their sines, in float64 rounded by `round`. */
export function angleTable(
  frequencies: Float64Array,
  positions: ArrayLike<number>,
  round: (value: number) => number,
): Float64Array {
  const pairs = frequencies.length;
  const table = new Float64Array(positions.length * pairs * 2);
  for (let row = 0; row < positions.length; row++) {
    for (let i = 0; i < pairs; i++) {
      const angle = positions[row] * frequencies[i];
      table[row * 2 * pairs + i] = round(Math.cos(angle));
      table[row * 2 * pairs + pairs + i] = round(Math.sin(angle));
    }
  }
  return table;
}

/** Elements of the largest table that is kept: 2 MB. */
const MOST_KEPT = 2 ** 19;

let kept: { readonly key: string; readonly table: Float32Array } | undefined;

/**
 * The float32 table of the rows `offset`, `offset` + 1, … The last one is kept: every layer of a model asks for the same,
 * once for its queries and once for its keys, and sines cost more than the rotation.
 */
export function sharedTable(
  width: number,
  rows: number,
  offset: number,
  { theta, scaling }: RotaryFrequencies,
): Float32Array {
  const key = JSON.stringify([width, rows, offset, theta, scaling]);
  if (kept?.key === key) return kept.table;
  const positions = Array.from({ length: rows }, (_, i) => offset + i);
  const table = new Float32Array(
    angleTable(rotaryFrequencies(width, { theta, scaling }), positions, Math.fround),
  );
  if (table.length <= MOST_KEPT) kept = { key, table };
  return table;
}
