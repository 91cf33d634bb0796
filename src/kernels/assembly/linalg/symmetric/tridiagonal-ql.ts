// Eigenvalues, and eigenvectors of small matrices, of a symmetric tridiagonal matrix by implicit QL iterations with
// Wilkinson's shift. Everything scalar is f64; T is the type of the vectors.

import { madd, lanes } from "../../vector";
import { get, set } from "../entries";
import { powerOfTwo, swapVectors } from "../vectors";

/** Iterations per eigenvalue after which to give up; two suffice on average. */
const MOST: i32 = 60;

/** The relative rounding error of T. */
// @ts-ignore: decorator
@inline
export function roundoff<T>(): f64 {
  return powerOfTwo(sizeof<T>() == 4 ? -24 : -53);
}

/** √(a² + b²) where neither square overflows; exact to rounding also where they vanish. */
export function hypotenuse(a: f64, b: f64): f64 {
  const squares = a * a + b * b;
  if (squares > 1e-280) return sqrt<f64>(squares);
  const grow = powerOfTwo(500);
  const x = a * grow, y = b * grow;
  return sqrt<f64>(x * x + y * y) / grow;
}

/** Rows x and y become c·x − s·y and s·x + c·y. */
export function rotateRows<T>(n: i32, x: usize, y: usize, c: T, s: T): void {
  const cs = v128.splat<T>(c), ss = v128.splat<T>(s);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    const xs = v128.load(x), ys = v128.load(y);
    v128.store(x, v128.sub<T>(v128.mul<T>(cs, xs), v128.mul<T>(ss, ys)));
    v128.store(y, madd<T>(ss, xs, v128.mul<T>(cs, ys)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    const x0 = load<T>(x), y0 = load<T>(y);
    store<T>(x, <T>(c * x0 - s * y0));
    store<T>(y, <T>(s * x0 + c * y0));
    x += sizeof<T>();
    y += sizeof<T>();
  }
}

/** What may be dropped anywhere: far below the rounding errors of the largest entries. Strong grading converges with it. */
function negligibleBeside<T>(n: i32, d: usize, e: usize): f64 {
  let largest: f64 = 0;
  for (let i = 0; i < n; i++) largest = max<f64>(largest, abs<f64>(get(d, i)));
  for (let i = 0; i < n - 1; i++) largest = max<f64>(largest, abs<f64>(get(e, i)));
  return roundoff<T>() * roundoff<T>() * largest;
}

/** The size up to which the off-diagonal i is dropped: lost in rounding beside its neighbours on the diagonal. */
// @ts-ignore: decorator
@inline
function neglected<T>(d: usize, i: i32, floor: f64): f64 {
  return max<f64>(floor, roundoff<T>() * (abs<f64>(get(d, i)) + abs<f64>(get(d, i + 1))));
}

/** Wilkinson's shift, the eigenvalue of [[first, off], [off, second]] that is nearer to `first`. */
// @ts-ignore: decorator
@inline
function shiftOf(first: f64, second: f64, off: f64): f64 {
  const g = (second - first) / (2 * off);
  return first - off / (g + copysign<f64>(hypotenuse(g, 1), g));
}

/**
 * d[n] := the eigenvalues, unsorted, of the tridiagonal matrix with diagonal d and off-diagonal e[n − 1] (destroyed);
 * Z[n, n] := Uᵀ·Z for the eigenvectors U, whose rows are zRow apart and `width` long: from the identity, eigenvectors
 * become rows. False where an eigenvalue does not converge. EISPACK's imtql2 (Dubrulle, Martin and Wilkinson, 1968).
 */
export function qlVectors<T>(n: i32, d: usize, e: usize, z: usize, zRow: i32, width: i32): bool {
  const step = <usize>zRow * sizeof<T>();
  const floor = negligibleBeside<T>(n, d, e);
  for (let start = 0, end = 0; start < n; start = end + 1) {
    end = start;
    while (end < n - 1 && abs<f64>(get(e, end)) > neglected<T>(d, end, floor)) end++;
    // QL works from small to large entries.
    if (abs<f64>(get(d, end)) < abs<f64>(get(d, start))) {
      reverse(d, start, end);
      reverse(e, start, end - 1);
      for (let i = start, j = end; i < j; i++, j--) {
        swapVectors<T>(width, z + <usize>i * step, z + <usize>j * step);
      }
    }
    for (let l = start; l <= end; l++) {
      for (let iteration = 0; ; iteration++) {
        let m = l;
        while (m < end && abs<f64>(get(e, m)) > neglected<T>(d, m, floor)) m++;
        if (m == l) break;
        if (iteration == MOST) return false;
        sweepVectors<T>(l, m, d, e, z, zRow, width);
      }
    }
  }
  return true;
}

/** One implicit QL step on rows l … m. */
function sweepVectors<T>(l: i32, m: i32, d: usize, e: usize, z: usize, zRow: i32, width: i32): void {
  const step = <usize>zRow * sizeof<T>();
  let g = get(d, m) - shiftOf(get(d, l), get(d, l + 1), get(e, l));
  let s: f64 = 1, c: f64 = 1, shift: f64 = 0;
  let i = m - 1;
  for (; i >= l; i--) {
    const f = s * get(e, i), b = c * get(e, i);
    const r = hypotenuse(f, g);
    if (i + 1 < m) set(e, i + 1, r);
    if (r == 0) break; // the bulge vanished: the matrix falls apart here
    s = f / r;
    c = g / r;
    const old = get(d, i + 1) - shift;
    const t = (get(d, i) - old) * s + 2 * c * b;
    shift = s * t;
    set(d, i + 1, old + shift);
    g = c * t - b;
    const row = z + <usize>i * step;
    rotateRows<T>(width, row, row + step, <T>c, <T>s);
  }
  set(d, i + 1, get(d, i + 1) - shift);
  if (i < l) set(e, l, g);
}

/** Whether the off-diagonal i, here squared, may be dropped. */
// @ts-ignore: decorator
@inline
function negligible<T>(d: usize, squares: usize, i: i32, floor: f64): bool {
  const bound = neglected<T>(d, i, floor);
  return get(squares, i) <= bound * bound;
}

function reverse(x: usize, first: i32, last: i32): void {
  for (; first < last; first++, last--) {
    const held = get(x, first);
    set(x, first, get(x, last));
    set(x, last, held);
  }
}

/**
 * d[n] := the eigenvalues, unsorted, of the tridiagonal matrix with diagonal d and off-diagonal e[n − 1] (destroyed), to
 * the accuracy of T. False where one does not converge. The square-root free iteration of Pal, Walker and Kahan (Parlett,
 * The Symmetric Eigenvalue Problem, §8.14; LAPACK's sterf).
 */
export function qlValues<T>(n: i32, d: usize, e: usize): bool {
  const floor = negligibleBeside<T>(n, d, e);
  for (let i = 0; i < n - 1; i++) set(e, i, get(e, i) * get(e, i));
  for (let start = 0, end = 0; start < n; start = end + 1) {
    end = start;
    while (end < n - 1 && !negligible<T>(d, e, end, floor)) end++;
    // QL works from small to large entries.
    if (abs<f64>(get(d, end)) < abs<f64>(get(d, start))) {
      reverse(d, start, end);
      reverse(e, start, end - 1);
    }
    for (let l = start; l <= end; l++) {
      for (let iteration = 0; ; iteration++) {
        let m = l;
        while (m < end && !negligible<T>(d, e, m, floor)) m++;
        if (m == l) break;
        if (iteration == MOST) return false;
        const shift = shiftOf(get(d, l), get(d, l + 1), sqrt<f64>(get(e, l)));
        let c: f64 = 1, s: f64 = 0;
        let gamma = get(d, m) - shift;
        let p = gamma * gamma;
        for (let i = m - 1; i >= l; i--) {
          const square = get(e, i);
          const r = p + square;
          if (i < m - 1) set(e, i + 1, s * r);
          const before = c;
          c = p / r;
          s = square / r;
          const last = gamma;
          const diagonal = get(d, i);
          gamma = c * (diagonal - shift) - s * last;
          set(d, i + 1, last + (diagonal - gamma));
          p = c != 0 ? (gamma * gamma) / c : before * square;
        }
        set(e, l, s * p);
        set(d, l, shift + gamma);
      }
    }
  }
  return true;
}
