/** The first position whose value no other beats; a NaN beats everything. */
export function firstBest<V extends number | bigint>(
  values: ArrayLike<V>,
  beats: (value: V, best: V) => boolean,
): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) return i;
    if (beats(value, values[best])) best = i;
  }
  return best;
}
