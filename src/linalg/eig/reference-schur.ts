// The real Schur form in plain float64 loops. Every step is a similarity by one Householder reflector.

/** A matrix as its rows. */
export type Rows = Float64Array[];

/** Sweeps for each row before the iteration gives up, as in LAPACK: a graded matrix needs many for its first eigenvalue. */
const mostSweeps = 30;
/** Sweeps after which an unusual shift breaks a cycle. */
const patience = 10;

/** h ← P h P and z ← z P for the reflector P that maps `x` to a multiple of e₁ and acts on indices first …. */
function reflect(h: Rows, z: Rows, first: number, x: readonly number[]): void {
  const scale = Math.max(...x.map(Math.abs));
  if (scale === 0) return;
  const v = x.map((value) => value / scale);
  v[0] += Math.hypot(...v) * (v[0] < 0 ? -1 : 1);
  const square = v.reduce((total, value) => total + value * value, 0);
  const n = h.length;
  for (let j = 0; j < n; j++) {
    const sum = v.reduce((total, value, i) => total + value * h[first + i][j], 0);
    v.forEach((value, i) => (h[first + i][j] -= (2 * sum * value) / square));
  }
  for (const row of [...h, ...z]) {
    const sum = v.reduce((total, value, i) => total + value * row[first + i], 0);
    v.forEach((value, i) => (row[first + i] -= (2 * sum * value) / square));
  }
}

/** Golub and Van Loan, 4th ed., Algorithm 7.4.2. */
function toHessenberg(h: Rows, z: Rows): void {
  const n = h.length;
  for (let k = 0; k < n - 2; k++) {
    const x = Array.from({ length: n - 1 - k }, (_, i) => h[k + 1 + i][k]);
    if (x.slice(1).some((value) => value !== 0)) reflect(h, z, k + 1, x);
    for (let i = k + 2; i < n; i++) h[i][k] = 0;
  }
}

/** The 2 × 2 block whose eigenvalues are the shifts. */
function shiftBlock(h: Rows, last: number, sweep: number): [a: number, b: number, c: number, d: number] {
  const [a, b, c, d] = [h[last - 1][last - 1], h[last - 1][last], h[last][last - 1], h[last][last]];
  if (sweep % patience !== 0) return [a, b, c, d];
  // The exceptional shifts of EISPACK, from the sizes of subdiagonal entries.
  const s = Math.abs(c) + Math.abs(h[last - 1][last - 2]);
  return [d + 0.75 * s, -0.4375 * s, s, d + 0.75 * s];
}

/** One implicit double-shift sweep over rows first … last (Golub and Van Loan, 4th ed., Algorithm 7.5.1). */
function francisSweep(h: Rows, z: Rows, first: number, last: number, sweep: number): void {
  const [a, b, c, d] = shiftBlock(h, last, sweep);
  // The first column of (H − s₁)(H − s₂), over its subdiagonal entry; differences first, so that clusters survive, and
  // quotients before products, which may leave the range.
  const [p, q] = [h[first][first] - a, h[first][first] - d];
  const below = h[first + 1][first];
  let x = [
    p * (q / below) - b * (c / below) + h[first][first + 1],
    h[first + 1][first + 1] - h[first][first] + p + q,
    h[first + 2][first + 1],
  ];
  for (let k = first; k < last; k++) {
    reflect(h, z, k, x.slice(0, last - k + 1));
    if (k > first) for (let i = k + 1; i <= Math.min(k + 2, last); i++) h[i][k - 1] = 0;
    x = [h[k + 1][k], k + 2 <= last ? h[k + 2][k] : 0, k + 3 <= last ? h[k + 3][k] : 0];
  }
}

/** ((a − d)/2)² + b·c of the block [[a, b], [c, d]], over the square of `scale`; its sign tells real from complex. */
export function discriminant(a: number, b: number, c: number, d: number): { value: number; scale: number } {
  const half = (a - d) / 2;
  const scale = Math.max(Math.abs(half), Math.abs(b), Math.abs(c)) || 1;
  return { value: (half / scale) ** 2 + (b / scale) * (c / scale), scale };
}

/** Makes a 2 × 2 block with real eigenvalues triangular: its first column becomes an eigenvector. */
function splitRealPair(h: Rows, z: Rows, k: number): void {
  const [a, b, c, d] = [h[k][k], h[k][k + 1], h[k + 1][k], h[k + 1][k + 1]];
  const half = (a - d) / 2;
  const { value, scale } = discriminant(a, b, c, d);
  if (value < 0) return;
  // The eigenvalue farther from d, so that nothing cancels: (λ − d, c) is its vector.
  reflect(h, z, k, [half + scale * Math.sqrt(value) * (half < 0 ? -1 : 1), c]);
  h[k + 1][k] = 0;
}

/**
 * Overwrites h with a quasi-triangular T and z (the identity on entry) with the orthogonal Z of A = Z T Zᵀ: 2 × 2
 * blocks on the diagonal have complex eigenvalues. Returns how many leading rows did not converge, 0 for success.
 */
export function realSchur(h: Rows, z: Rows): number {
  toHessenberg(h, z);
  const norm = Math.max(...h.map((row) => Math.hypot(...row)), 0);
  // Entries below this have lost digits to the end of the range, as in LAPACK's dlahqr.
  const smallest = (h.length * 2 ** -1022) / Number.EPSILON;
  let left = mostSweeps * Math.max(10, h.length);
  let last = h.length - 1;
  for (let sweep = 1; last > 0; sweep++) {
    let first = last;
    while (first > 0) {
      const neighbours = Math.abs(h[first][first]) + Math.abs(h[first - 1][first - 1]);
      const negligible = Math.max(Number.EPSILON * (neighbours || norm), smallest);
      if (Math.abs(h[first][first - 1]) <= negligible) break;
      first--;
    }
    if (first > 0) h[first][first - 1] = 0;
    if (first >= last - 1) {
      if (first === last - 1) splitRealPair(h, z, first);
      last = first - 1;
      sweep = 0;
      continue;
    }
    if (left-- === 0) return last + 1;
    francisSweep(h, z, first, last, sweep);
  }
  return 0;
}
