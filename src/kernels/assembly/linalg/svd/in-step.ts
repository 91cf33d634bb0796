// Small matrices, as many at a time as a vector has lanes, in step: one-sided Jacobi rotations (Hestenes, 1958; columns
// in falling order as de Rijk, SISSC 10, 1989). Every step is the same for all of them, so that nothing is scalar but
// loading and storing. A lane whose columns are orthogonal rotates no more: what a matrix gives does not depend on the
// others. One alone lies with its columns along the vectors and goes through the same arithmetic, sums in the same order:
// it gives the same, faster.

import { lanes, madd, nmadd, sumLanes } from "../../vector";
import { powerOfTwo } from "../vectors";
import { exponentOf } from "./svd";

/** Sweeps over all pairs before giving up; six or seven are usual. */
const MOST_SWEEPS: i32 = 20;

/**
 * Bytes of the columns that are rotated: most of L1. In float64, of which only two go into a vector, larger matrices are
 * faster by bidiagonalisation.
 */
// @ts-ignore: decorator
@inline
function mostBytes<T>(): i32 {
  return sizeof<T>() == 4 ? 24 * 1024 : 8 * 1024;
}

/** The columns j of W = A·V and V, one under the other; the squares of the lengths of W's; what A was scaled by. */
let columns: usize = 0, squares: usize = 0, exponents: usize = 0, rotations: usize = 0;
/** Whether the vectors run along the columns of one matrix, instead of across several. */
let alone: bool = false;
/** Bytes from column to column, from row to row, and from the top of a column of W to that of V below it. */
let step: usize = 0, rowStep: usize = 0, down: usize = 0;

/** Whether matrices [m, n], m ≥ n, are small enough. */
export function isSmall<T>(m: i32, n: i32): bool {
  return m <= 64 && n > 1 && n * (m + n) * 16 <= mostBytes<T>();
}

/** Bytes of scratch for `svdInStep`. */
export function inStepScratch<T>(m: i32, n: i32): usize {
  return isSmall<T>(m, n) ? <usize>(n * (m + n + 5) + 3) * 16 : 0;
}

/**
 * The svd of `count` ≤ lanes<T>() matrices, in the layouts of `svd`; left vectors beyond the n of the thin one are not
 * written. Returns a bit for each that must be left to another method: those with columns that vanish, whose direction
 * is then rounding.
 */
export function svdInStep<T>(
  count: i32, m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize, base: usize,
): i32 {
  alone = count == 1;
  rowStep = alone ? sizeof<T>() : 16;
  down = wholeVectors(<usize>m * rowStep);
  step = down + wholeVectors(<usize>n * rowStep);
  columns = base;
  squares = columns + <usize>n * step;
  exponents = squares + <usize>n * 16;
  rotations = exponents + 48;
  memory.fill(columns, 0, <usize>n * step);
  for (let j = 0; j < n; j++) {
    const one = columnOf(j) + down + <usize>j * rowStep;
    if (alone) store<T>(one, 1);
    else v128.store(one, v128.splat<T>(1));
  }
  const size = <usize>(m * n) * sizeof<T>();
  for (let g = 0; g < count; g++) {
    const from = a + <usize>g * size, to = columns + <usize>g * sizeof<T>();
    if (wide) spread<T>(n, m, from, to, step, rowStep);
    else spread<T>(m, n, from, to, rowStep, step);
  }
  normalize<T>(n);
  let failed = rotate<T>(m, n) ? 0 : -1;
  // Below this, products of squares leave the range.
  const floor = sizeof<T>() == 4 ? 1e-18 : 1e-150;
  for (let g = 0; g < count; g++) {
    if (!(<f64>load<T>(squareOf(n - 1) + <usize>g * sizeof<T>()) > floor)) failed |= 1 << g;
  }
  finish<T>(wide ? n : m, n, wide);
  const left = wide ? columns + down : columns, right = wide ? columns : columns + down;
  const rows = wide ? n : m, length = wide ? m : n;
  const uSize = <usize>(wide ? n * n : m * width) * sizeof<T>();
  const vhSize = <usize>(wide ? width * m : n * n) * sizeof<T>();
  for (let g = 0; g < count; g++) {
    if (failed & (1 << g)) continue;
    const at = <usize>g * sizeof<T>();
    putValues<T>(n, at, s + <usize>(g * n) * sizeof<T>());
    collect<T>(rows, n, left + at, rowStep, step, u + <usize>g * uSize, wide ? n : width);
    collect<T>(n, length, right + at, step, rowStep, vh + <usize>g * vhSize, length);
  }
  return failed & ((1 << count) - 1);
}

// @ts-ignore: decorator
@inline
function wholeVectors(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

// @ts-ignore: decorator
@inline
function columnOf(j: i32): usize {
  return columns + <usize>j * step;
}

// @ts-ignore: decorator
@inline
function squareOf(j: i32): usize {
  return squares + <usize>j * 16;
}

/** s[n] := the singular values of the lane at `at`. */
function putValues<T>(n: i32, at: usize, s: usize): void {
  const half = <f64>load<T>(exponents + 16 + at), rest = <f64>load<T>(exponents + 32 + at);
  let last = Infinity;
  for (let j = 0; j < n; j++) {
    last = min(last, <f64>load<T>(squareOf(j) + at)); // sorted before the last rounding
    store<T>(s + <usize>j * sizeof<T>(), <T>(last / half / rest));
  }
}

/** Brings the largest entry of every matrix to [1, 2), and leaves in what two steps at `exponents`. */
function normalize<T>(n: i32): void {
  let largest = v128.splat<T>(0);
  for (let j = 0; j < n; j++) {
    const column = columnOf(j);
    for (let at: usize = 0; at < down; at += 16) {
      largest = v128.max<T>(largest, v128.abs<T>(v128.load(column + at)));
    }
  }
  if (alone) largest = largestLane<T>(largest);
  v128.store(exponents, largest);
  const half = exponents + 16, rest = exponents + 32;
  for (let g = 0; g < lanes<T>(); g++) {
    const at = <usize>g * sizeof<T>();
    const size = <f64>load<T>(exponents + at);
    const exponent = size > 0 ? exponentOf(size) : 0;
    // In two steps: 2^exponent may be out of range where the product is not.
    store<T>(half + at, <T>powerOfTwo(-(exponent >> 1)));
    store<T>(rest + at, <T>powerOfTwo((exponent >> 1) - exponent));
  }
  const first = v128.load(half), second = v128.load(rest);
  for (let j = 0; j < n; j++) {
    const column = columnOf(j);
    for (let at = column; at < column + down; at += 16) {
      v128.store(at, v128.mul<T>(v128.mul<T>(v128.load(at), first), second));
    }
  }
}

/** The largest lane, in all lanes. */
// @ts-ignore: decorator
@inline
function largestLane<T>(x: v128): v128 {
  x = v128.max<T>(x, v128.shuffle<f64>(x, x, 1, 0));
  return sizeof<T>() == 4 ? f32x4.max(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2)) : x;
}

/** x·y over `bytes` of two columns: every lanes<T>()-th row apart, then these sums in the order of `sumLanes`. */
// @ts-ignore: decorator
@inline
function dotColumns<T>(bytes: usize, x: usize, y: usize): v128 {
  let a = v128.splat<T>(0), b = a, c = a, d = a;
  const end = x + bytes;
  if (alone) {
    for (; x < end; x += 16, y += 16) a = madd<T>(v128.load(x), v128.load(y), a);
    return v128.splat<T>(sumLanes<T>(a));
  }
  if (sizeof<T>() == 4) {
    for (; x + 64 <= end; x += 64, y += 64) {
      a = madd<T>(v128.load(x), v128.load(y), a);
      b = madd<T>(v128.load(x, 16), v128.load(y, 16), b);
      c = madd<T>(v128.load(x, 32), v128.load(y, 32), c);
      d = madd<T>(v128.load(x, 48), v128.load(y, 48), d);
    }
    if (x < end) a = madd<T>(v128.load(x), v128.load(y), a);
    if (x + 16 < end) b = madd<T>(v128.load(x, 16), v128.load(y, 16), b);
    if (x + 32 < end) c = madd<T>(v128.load(x, 32), v128.load(y, 32), c);
    return v128.add<T>(v128.add<T>(a, c), v128.add<T>(b, d));
  }
  for (; x + 32 <= end; x += 32, y += 32) {
    a = madd<T>(v128.load(x), v128.load(y), a);
    b = madd<T>(v128.load(x, 16), v128.load(y, 16), b);
  }
  if (x < end) a = madd<T>(v128.load(x), v128.load(y), a);
  return v128.add<T>(a, b);
}

/** Rotates until all pairs of columns of W are orthogonal and their lengths fall. False when it does not settle. */
function rotate<T>(m: i32, n: i32): bool {
  const epsilon = sizeof<T>() == 4 ? 1.1920928955078125e-7 : 2.220446049250313e-16;
  const tolerance = v128.splat<T>(<T>(epsilon * sqrt<f64>(<f64>m)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    for (let j = 0; j < n; j++) v128.store(squareOf(j), dotColumns<T>(down, columnOf(j), columnOf(j)));
    let settled = true;
    // The order of rows, as anti-diagonals: their pairs have no column in common, so that the processor overlaps the
    // long chains of divisions and roots that give their angles.
    for (let sum = 1; sum < 2 * n - 2; sum++) {
      const first = max(0, sum - n + 1), end = (sum + 1) >> 1;
      let skipped: u64 = 0;
      for (let p = first; p < end; p++) {
        if (!measurePair<T>(p, sum - p, tolerance)) skipped |= <u64>1 << p;
      }
      for (let p = first; p < end; p++) {
        if (skipped & (<u64>1 << p)) continue;
        settled = false;
        rotatePair<T>(p, sum - p);
      }
    }
    if (settled) return true;
  }
  return false;
}

/**
 * Finds the rotation that makes columns p and q orthogonal with the longer one first, and leaves its four entries at
 * `rotations`. False when they are so in all lanes.
 */
// @ts-ignore: decorator
@inline
function measurePair<T>(p: i32, q: i32, tolerance: v128): bool {
  const one = v128.splat<T>(1), zero = v128.splat<T>(0);
  const xx = v128.load(squareOf(p)), yy = v128.load(squareOf(q)), xy = dotColumns<T>(down, columnOf(p), columnOf(q));
  const bound = v128.mul<T>(tolerance, v128.sqrt<T>(v128.mul<T>(xx, yy)));
  const oblique = v128.gt<T>(v128.abs<T>(xy), bound);
  if (!v128.any_true(v128.or(oblique, v128.lt<T>(xx, yy)))) return false;
  // The smaller root of t² + 2ζt = 1 (Golub and Van Loan, Matrix Computations, 4th ed., §8.5.2).
  const zeta = v128.div<T>(v128.sub<T>(yy, xx), v128.add<T>(xy, xy));
  const root = v128.div<T>(one, v128.add<T>(v128.abs<T>(zeta), v128.sqrt<T>(madd<T>(zeta, zeta, one))));
  const t = v128.and(v128.bitselect(v128.neg<T>(root), root, v128.lt<T>(zeta, zero)), oblique);
  const c = v128.div<T>(one, v128.sqrt<T>(madd<T>(t, t, one))), s = v128.mul<T>(c, t), minus = v128.neg<T>(s);
  const first = nmadd<T>(t, xy, xx), second = madd<T>(t, xy, yy);
  const swap = v128.lt<T>(first, second);
  v128.store(squareOf(p), v128.bitselect(second, first, swap));
  v128.store(squareOf(q), v128.bitselect(first, second, swap));
  const at = rotations + <usize>p * 64;
  v128.store(at, v128.bitselect(s, c, swap));
  v128.store(at, v128.bitselect(c, minus, swap), 16);
  v128.store(at, v128.bitselect(c, s, swap), 32);
  v128.store(at, v128.bitselect(minus, c, swap), 48);
  return true;
}

// @ts-ignore: decorator
@inline
function rotatePair<T>(p: i32, q: i32): void {
  const at = rotations + <usize>p * 64;
  const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
  let x = columnOf(p), y = columnOf(q);
  const end = x + step;
  for (; x + 32 <= end; x += 32, y += 32) {
    const u = v128.load(x), v = v128.load(y), w = v128.load(x, 16), z = v128.load(y, 16);
    v128.store(x, madd<T>(b, v, v128.mul<T>(a, u)));
    v128.store(y, madd<T>(d, v, v128.mul<T>(c, u)));
    v128.store(x, madd<T>(b, z, v128.mul<T>(a, w)), 16);
    v128.store(y, madd<T>(d, z, v128.mul<T>(c, w)), 16);
  }
  if (x < end) {
    const u = v128.load(x), v = v128.load(y);
    v128.store(x, madd<T>(b, v, v128.mul<T>(a, u)));
    v128.store(y, madd<T>(d, v, v128.mul<T>(c, u)));
  }
}

/** Makes all columns unit vectors, leaves singular values in `squares`, and makes the largest entry of each left vector positive. */
function finish<T>(rows: i32, n: i32, wide: bool): void {
  const nearly = v128.splat<T>(<T>(sizeof<T>() == 4 ? 1 + 1.0 / 16384 : 1 + 1e-12));
  const one = v128.splat<T>(1), zero = v128.splat<T>(0);
  for (let j = 0; j < n; j++) {
    const column = columnOf(j);
    let largest = zero, sign = one;
    let at = wide ? column + down : column;
    for (let i = 0; i < rows; i++, at += rowStep) {
      const x = alone ? v128.load_splat<T>(at) : v128.load(at), size = v128.abs<T>(x);
      const larger = v128.gt<T>(size, v128.mul<T>(largest, nearly));
      largest = v128.bitselect(size, largest, larger);
      sign = v128.bitselect(v128.bitselect(v128.neg<T>(one), one, v128.lt<T>(x, zero)), sign, larger);
    }
    // Rounded rotations stretch both columns alike.
    const v = column + down, length = v128.sqrt<T>(dotColumns<T>(step - down, v, v));
    const long = v128.sqrt<T>(v128.load(squareOf(j)));
    v128.store(squareOf(j), v128.div<T>(long, length));
    scaleColumn<T>(down, v128.div<T>(sign, long), column);
    scaleColumn<T>(step - down, v128.div<T>(sign, length), v);
  }
}

// @ts-ignore: decorator
@inline
function scaleColumn<T>(bytes: usize, scale: v128, x: usize): void {
  for (const end = x + bytes; x < end; x += 16) v128.store(x, v128.mul<T>(v128.load(x), scale));
}

/** x[rows, cols] to places with these strides in bytes. */
function spread<T>(rows: i32, cols: i32, x: usize, to: usize, row: usize, col: usize): void {
  for (let i = 0; i < rows; i++) {
    let at = to;
    for (let j = 0; j < cols; j++) {
      store<T>(at, load<T>(x));
      x += sizeof<T>();
      at += col;
    }
    to += row;
  }
}

/** The way back; rows of y are `yRow` elements apart. */
function collect<T>(rows: i32, cols: i32, from: usize, row: usize, col: usize, y: usize, yRow: i32): void {
  for (let i = 0; i < rows; i++) {
    let at = from;
    for (let j = 0; j < cols; j++) {
      store<T>(y + <usize>j * sizeof<T>(), load<T>(at));
      at += col;
    }
    from += row;
    y += <usize>yRow * sizeof<T>();
  }
}
