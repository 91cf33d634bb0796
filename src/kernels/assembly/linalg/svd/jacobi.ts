// One-sided Jacobi on the triangular factor of a QR factorisation with column pivoting (Drmač and Veselić, "New fast and
// accurate Jacobi SVD algorithm", SIMAX 29, 2008). For A = D₁·C·D₂ with diagonal D₁, D₂ and well-conditioned C, even the
// smallest singular values have full relative accuracy: rows are sorted and columns pivoted, so that the factorisation
// commits errors relative to each, and rotations keep what the rows of R have. All of it is f64.
//
// The rows g of R that are rotated are held as 2^k·g with lengths about 1, each with its own power of two, so that
// products of rows neither overflow nor vanish, whatever their scales.

import { get, getIndex, set } from "../entries";
import { alignedBytes } from "../householder";
import { qrApply, qrApplyScratch, qrBlocks, qrBlocksBytes, qrBlocksScratch } from "../qr";
import { pivotedFactor, pivotedFactorScratch } from "../qr-pivoted";
import { dot, largestMagnitude, norm2, powerOfTwo, scaleVector } from "../vectors";
import { exponentOf, fixSigns } from "./svd";

/** Sweeps over all pairs before giving up; after the factorisation five or six are usual. */
const MOST_SWEEPS: i32 = 60;

let matrix: usize = 0, tau: usize = 0, blocks: usize = 0, columnOrder: usize = 0, rowOrder: usize = 0;
let rows: usize = 0, left: usize = 0, scales: usize = 0, norms: usize = 0, order: usize = 0;
let factor: usize = 0, scratch: usize = 0;

/** Lays out the workspace for `jacobiSvd` from `base` and returns its end. */
export function planJacobi(m: i32, n: i32, width: i32, base: usize): usize {
  const vector = (<usize>max(m, n) * 8 + 63) & ~63;
  matrix = base;
  tau = matrix + alignedBytes<f64>(m, n);
  blocks = tau + vector;
  columnOrder = blocks + qrBlocksBytes<f64>(n);
  rowOrder = columnOrder + vector;
  rows = rowOrder + vector;
  left = rows + alignedBytes<f64>(n, n);
  scales = left + alignedBytes<f64>(n, n);
  norms = scales + vector;
  order = norms + vector;
  factor = order + vector;
  scratch = factor + alignedBytes<f64>(m, width);
  const free = max(max(pivotedFactorScratch<f64>(m, n), qrBlocksScratch<f64>(m, n)), qrApplyScratch<f64>(m, width, n));
  return scratch + max(free, 2 * vector + 128);
}

/** indices[n] := the order in which values[n] descend (Shell's sort). */
function sortDescending(n: i32, values: usize, indices: usize): void {
  for (let i = 0; i < n; i++) store<i32>(indices + <usize>i * 4, i);
  for (let gap = n >> 1; gap > 0; gap = gap == 2 ? 1 : <i32>(<i64>gap * 5 / 11)) {
    for (let i = gap; i < n; i++) {
      const held = getIndex(indices, i), value = get(values, held);
      let at = i;
      for (; at >= gap && get(values, getIndex(indices, at - gap)) < value; at -= gap) {
        store<i32>(indices + <usize>at * 4, getIndex(indices, at - gap));
      }
      store<i32>(indices + <usize>at * 4, held);
    }
  }
}

/** As `svd`, in f64, with vectors always: width is n or m. Entries of `a` are finite. */
export function jacobiSvd(
  count: i32, m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize, base: usize,
): i32 {
  planJacobi(m, n, width, base);
  const rowLength = n * 8;
  for (let index = 0; index < count; index++) {
    const exponent = copySorted(m, n, wide, a);
    pivotedFactor<f64>(m, n, matrix, n, tau, columnOrder, scratch);
    qrBlocks<f64>(m, n, matrix, n, tau, blocks, scratch);
    memory.fill(left, 0, <usize>(n * rowLength));
    for (let i = 0; i < n; i++) {
      const at = <usize>i * 8, row = rows + <usize>(i * rowLength);
      store<f64>(left + <usize>(i * rowLength) + at, 1);
      memory.fill(row, 0, at);
      memory.copy(row + at, matrix + <usize>(i * rowLength) + at, <usize>(n - i) * 8);
      set(scales, i, 1);
    }
    if (!orthogonalize(n)) return 1 + index;
    for (let i = 0; i < n; i++) set(norms, i, get(norms, i) * get(scales, i));
    sortDescending(n, norms, order);
    const half = powerOfTwo(exponent >> 1), rest = powerOfTwo(exponent - (exponent >> 1));
    for (let j = 0; j < n; j++) set(s, j, get(norms, getIndex(order, j)) * half * rest);
    completeRows(n);

    memory.fill(factor, 0, <usize>(m * width) * 8);
    for (let j = 0; j < n; j++) {
      const source = left + <usize>(getIndex(order, j) * rowLength);
      for (let i = 0; i < n; i++) store<f64>(factor + <usize>(i * width + j) * 8, get(source, i));
    }
    for (let i = n; i < width; i++) store<f64>(factor + <usize>(i * (width + 1)) * 8, 1);
    qrApply<f64>(m, width, n, matrix, n, blocks, false, factor, width, scratch);
    const long = wide ? vh : u, longRow = wide ? 1 : width, longColumn = wide ? m : 1;
    for (let i = 0; i < m; i++) {
      const to = long + <usize>(getIndex(rowOrder, i) * longRow) * 8, from = factor + <usize>(i * width) * 8;
      for (let j = 0; j < width; j++) store<f64>(to + <usize>(j * longColumn) * 8, get(from, j));
    }
    const short = wide ? u : vh, shortRow = wide ? 1 : n, shortColumn = wide ? n : 1;
    for (let j = 0; j < n; j++) {
      const from = rows + <usize>(getIndex(order, j) * rowLength), to = short + <usize>(j * shortRow) * 8;
      for (let k = 0; k < n; k++) store<f64>(to + <usize>(getIndex(columnOrder, k) * shortColumn) * 8, get(from, k));
    }
    fixSigns<f64>(wide ? n : m, wide ? n : width, n, wide ? m : n, u, vh, scratch);
    a += <usize>(m * n) * 8;
    s += <usize>n * 8;
    u += <usize>(wide ? n * n : m * width) * 8;
    vh += <usize>(wide ? width * m : n * n) * 8;
  }
  return 0;
}

/** Copies A into `matrix`, its largest entry scaled to [1, 2), rows by falling magnitude; returns the exponent. */
function copySorted(m: i32, n: i32, wide: bool, a: usize): i32 {
  const largest = largestMagnitude<f64>(m * n, a);
  const exponent = largest > 0 ? exponentOf(largest) : 0;
  scaleVector<f64>(m * n, powerOfTwo(-(exponent >> 1)), a);
  scaleVector<f64>(m * n, powerOfTwo((exponent >> 1) - exponent), a);
  const row = wide ? 1 : n, column = wide ? m : 1;
  for (let i = 0; i < m; i++) {
    let size: f64 = 0;
    for (let j = 0; j < n; j++) size = max<f64>(size, abs<f64>(load<f64>(a + <usize>(i * row + j * column) * 8)));
    set(scratch, i, size);
  }
  sortDescending(m, scratch, rowOrder);
  for (let i = 0; i < m; i++) {
    const from = a + <usize>(getIndex(rowOrder, i) * row) * 8, to = matrix + <usize>(i * n) * 8;
    for (let j = 0; j < n; j++) store<f64>(to + <usize>j * 8, load<f64>(from + <usize>(j * column) * 8));
  }
  return exponent;
}

/** Rows x := c·x + p·y, y := c·y + q·x. */
function combine(n: i32, x: usize, y: usize, c: f64, p: f64, q: f64): void {
  const cs = f64x2.splat(c), ps = f64x2.splat(p), qs = f64x2.splat(q);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const v = v128.load(x), w = v128.load(y);
    v128.store(x, f64x2.add(f64x2.mul(cs, v), f64x2.mul(ps, w)));
    v128.store(y, f64x2.add(f64x2.mul(cs, w), f64x2.mul(qs, v)));
    x += 16;
    y += 16;
  }
  if (i < n) {
    const v = load<f64>(x), w = load<f64>(y);
    store<f64>(x, c * v + p * w);
    store<f64>(y, c * w + q * v);
  }
}

/**
 * Rotates `rows` until they are orthogonal, and `left` with them; then `norms` are their lengths, to be multiplied by
 * `scales`. Squares of lengths are kept in `order`, whose room serves for them until then.
 */
function orthogonalize(n: i32): bool {
  const tolerance = f64.EPSILON * max<f64>(2, sqrt<f64>(<f64>n));
  const step = <usize>n * 8, squares = order;
  for (let sweep = 0; sweep <= MOST_SWEEPS; sweep++) {
    for (let i = 0; i < n; i++) {
      const row = rows + <usize>i * step, length = norm2<f64>(n, row);
      if (length > 0) {
        const exponent = exponentOf(length);
        scaleVector<f64>(n, powerOfTwo(-(exponent >> 1)), row);
        scaleVector<f64>(n, powerOfTwo((exponent >> 1) - exponent), row);
        set(scales, i, get(scales, i) * powerOfTwo(exponent >> 1) * powerOfTwo(exponent - (exponent >> 1)));
      }
      set(squares, i, dot<f64>(n, row, row));
      set(norms, i, sqrt<f64>(get(squares, i)));
    }
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      const x = rows + <usize>p * step;
      for (let q = p + 1; q < n; q++) {
        const alpha = get(squares, p), beta = get(squares, q);
        if (alpha == 0 || beta == 0) continue;
        const y = rows + <usize>q * step;
        const gamma = dot<f64>(n, x, y);
        if (abs<f64>(gamma) <= tolerance * sqrt<f64>(alpha * beta)) continue;
        rotated = true;
        rotatePair(n, p, q, x, y, alpha, beta, gamma, squares);
      }
    }
    if (!rotated) return true;
  }
  return false;
}

/** Makes rows p and q orthogonal, which have squared lengths alpha and beta and the product gamma, all scaled. */
function rotatePair(
  n: i32, p: i32, q: i32, x: usize, y: usize, alpha: f64, beta: f64, gamma: f64, squares: usize,
): void {
  const ratio = get(scales, q) / get(scales, p);
  let c: f64 = 1, s: f64 = 0, down: f64, up: f64; // the sine, and as it acts between rows of unequal scales
  if (ratio < 1e-100) {
    // Only the lower row changes; so below, the upper one.
    down = -gamma / alpha;
    s = down * ratio;
    up = 0;
  } else if (ratio > 1e100) {
    up = -gamma / beta;
    s = -up / ratio;
    down = 0;
  } else {
    const zeta = (ratio * beta - alpha / ratio) / (2 * gamma);
    const size = abs<f64>(zeta);
    let t = size > 1e150 ? 0.5 / size : 1 / (size + sqrt<f64>(1 + zeta * zeta));
    if (zeta < 0) t = -t;
    c = 1 / sqrt<f64>(1 + t * t);
    s = c * t;
    up = -s * ratio;
    down = s / ratio;
  }
  combine(n, x, y, c, up, down);
  combine(n, left + <usize>(p * n) * 8, left + <usize>(q * n) * 8, c, -s, s);
  set(squares, p, dot<f64>(n, x, x));
  set(squares, q, dot<f64>(n, y, y));
}

/** Makes `rows` unit vectors, those of length 0 any that complete the basis. Rows are taken in `order`. */
function completeRows(n: i32): void {
  const step = <usize>n * 8;
  for (let k = 0; k < n; k++) {
    const row = rows + <usize>getIndex(order, k) * step;
    const length = norm2<f64>(n, row);
    if (length > 0) {
      scaleVector<f64>(n, 1 / length, row);
      continue;
    }
    // The unit vector that keeps most of itself outside the basis: at least √((n − k) / n).
    let candidate = 0, least = Infinity;
    for (let j = 0; j < n; j++) {
      let inside: f64 = 0;
      for (let i = 0; i < k; i++) inside += get(rows + <usize>getIndex(order, i) * step, j) ** 2;
      if (inside < least) {
        least = inside;
        candidate = j;
      }
    }
    set(row, candidate, 1);
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < k; i++) {
        const other = rows + <usize>getIndex(order, i) * step;
        combine(n, row, other, 1, -dot<f64>(n, row, other), 0);
      }
    }
    scaleVector<f64>(n, 1 / norm2<f64>(n, row), row);
  }
}
