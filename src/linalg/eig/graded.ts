import { refineVectors } from "./inverse-iteration.js";

/** Rows (columns) whose largest entries differ by more than this factor make a matrix graded. */
const GRADED = 256;

/** Matrix `index` of a batch of results: eigenvalues re and im [n], and where wanted eigenvectors re and im [n, n]. */
export const partsAt = (results: readonly Float64Array[], n: number, index: number): Float64Array[] =>
  results.map((values, k) => {
    const size = k < 2 ? n : n * n;
    return values.subarray(index * size, (index + 1) * size);
  });

/**
 * Lets graded matrices obey the residual law too. `decompose` fills `parts` (as `partsAt`), from rows and columns scaled to
 * balance them or not, and returns how many eigenvalues did not converge; undefined where it cannot leave the scaling out.
 *
 * Balancing finds their eigenvalues, but bounds the residual by the norm of the balanced matrix, and an eigenvector of a
 * small eigenvalue has errors of that size in its entries for the large rows. Three remedies: the large rows come first,
 * where reflections and sweeps leave the small rows below them alone (G. W. Stewart, Matrix Algorithms II, 2001, §2.4.5);
 * vectors that still miss the law are refined; and where the eigenvalues themselves are too sensitive for that, the matrix
 * is decomposed as it is, which costs the small eigenvalues their digits.
 */
export function decomposeGraded<Left extends number | undefined>(
  a: Float64Array,
  n: number,
  parts: readonly Float64Array[],
  decompose: (a: Float64Array, scaled: boolean) => Left,
): Left {
  const order = orderBySize(a, n);
  if (order === undefined) return decompose(a, true);
  const sorted = a.map((_, at) => a[order[Math.floor(at / n)] * n + order[at % n]]);
  let left = decompose(sorted, true);
  if (left !== 0 || parts.length === 2) return left;
  if (!refineVectors(sorted, n, parts)) {
    left = decompose(sorted, false);
    if (left !== 0) return left;
    refineVectors(sorted, n, parts);
  }
  for (const vectors of parts.slice(2)) {
    const rows = vectors.slice();
    order.forEach((row, i) => vectors.set(rows.subarray(i * n, (i + 1) * n), row * n));
  }
  return left;
}

/** Rows from large to small, by the size that balancing gives them; undefined for a matrix that is not graded. */
function orderBySize(a: Float64Array, n: number): readonly number[] | undefined {
  const rows = new Float64Array(n);
  const columns = new Float64Array(n);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++, at++) {
      const size = Math.abs(a[at]);
      if (size > rows[i]) rows[i] = size;
      if (size > columns[j]) columns[j] = size;
    }
  }
  if (!isGraded(rows) && !isGraded(columns)) return undefined;
  const sizes = Array.from(rows, (row, i) => Math.log2(row) + Math.log2(columns[i]));
  // Differences of −∞ are NaN: rows and columns of zeros stay where they are among themselves.
  return Array.from(rows.keys()).toSorted((i, j) => (sizes[i] === sizes[j] ? i - j : sizes[j] - sizes[i]));
}

function isGraded(sizes: Float64Array): boolean {
  let [least, most] = [Infinity, 0];
  for (const size of sizes) {
    if (size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return most / GRADED > least;
}
