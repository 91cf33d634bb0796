/**
 * Up to `count` of `names` that look most like `wanted`, best first; none when nothing comes close. Names that contain
 * `wanted` go before names that only resemble it.
 */
export function closestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const text = wanted.toLowerCase();
  const containing = names.filter((name) => text !== "" && name.toLowerCase().includes(text));
  if (containing.length > 0) return containing.slice(0, count);
  return names
    .map((name) => ({ name, distance: editDistance(text, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(text.length, name.length) / 2)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
