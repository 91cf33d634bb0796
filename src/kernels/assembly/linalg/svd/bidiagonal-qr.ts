// Singular values of an upper bidiagonal matrix, with or without vectors, by the implicit QR iteration that falls back
// to a zero shift where the smallest singular values are tiny (Golub and Kahan 1965; Demmel and Kahan, SISSC 11, 1990).
// Scalars are f64; singular vectors are rows, so that a rotation touches two contiguous rows.

import { madd, lanes } from "../../vector";

/** Sweeps per singular value before giving up; two or three are usual. */
const MOST_SWEEPS: i32 = 40;

/**
 * The relative size at which an entry beside the diagonal counts as zero: what rounding leaves of it in f64, where a
 * smaller bound is never met, and half a rounding error of the vectors in f32.
 */
export function qrTolerance<T>(): f64 {
  return sizeof<T>() == 4 ? 0.5 * <f64>f32.EPSILON : 4 * f64.EPSILON;
}

/** The rotation that `rotation` found. */
let cosine: f64 = 1;
let sine: f64 = 0;

/** Finds c and s with c·f + s·g = r ≥ 0 and c·g − s·f = 0; returns r. */
// @ts-ignore: decorator
@inline
function rotation(f: f64, g: f64): f64 {
  const square = f * f + g * g;
  if (square < 1e-280) return tinyRotation(f, g);
  // The root and the quotient do not wait for each other: the sweeps are one chain of rotations.
  const r = sqrt<f64>(square), inverse = r * (1 / square);
  cosine = f * inverse;
  sine = g * inverse;
  return r;
}

/** As `rotation`, where squares vanish. */
function tinyRotation(f: f64, g: f64): f64 {
  const scale: f64 = 1e-200; // it need not be a power of two: c and s come from the same numbers
  f /= scale;
  g /= scale;
  const square = f * f + g * g;
  if (square == 0) {
    cosine = 1;
    sine = 0;
    return 0;
  }
  const r = sqrt<f64>(square);
  cosine = f / r;
  sine = g / r;
  return r * scale;
}

/** Rows x := c·x + s·y, y := c·y − s·x. */
export function rotateRows<T>(n: i32, x: usize, y: usize, c: f64, s: f64): void {
  if (s == 0 && c == 1) return;
  const vc = v128.splat<T>(<T>c), vs = v128.splat<T>(<T>s);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    const p = v128.load(x), q = v128.load(y);
    v128.store(x, madd<T>(vc, p, v128.mul<T>(vs, q)));
    v128.store(y, v128.sub<T>(v128.mul<T>(vc, q), v128.mul<T>(vs, p)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    const p = load<T>(x), q = load<T>(y);
    store<T>(x, <T>(<T>c * p + <T>s * q));
    store<T>(y, <T>(<T>c * q - <T>s * p));
    x += sizeof<T>();
    y += sizeof<T>();
  }
}

/** The smaller singular value of [[f, g], [0, h]]; in units of its largest entry, so that no square leaves the range. */
function smallerOfTwo(f: f64, g: f64, h: f64): f64 {
  const unit = max<f64>(abs<f64>(g), max<f64>(abs<f64>(f), abs<f64>(h)));
  if (f == 0 || h == 0) return 0;
  const p = abs<f64>(f) / unit, q = abs<f64>(h) / unit, r = g / unit;
  const larger = 0.5 * (sqrt<f64>((p + q) * (p + q) + r * r) + sqrt<f64>((p - q) * (p - q) + r * r));
  return min<f64>(p, q) / larger * max<f64>(p, q) * unit;
}

/**
 * One sweep over a block of `n` rows. The steps are in bytes and negative for a sweep from the bottom up: a block
 * read backwards is the transpose of an upper bidiagonal matrix, so left and right vectors change places.
 */
function sweep<T>(
  n: i32, d: usize, dStep: usize, e: usize, eStep: usize, shift: f64,
  left: usize, leftStep: usize, leftLength: i32, right: usize, rightStep: usize, rightLength: i32,
): void {
  if (shift == 0) {
    let c: f64 = 1, leftC: f64 = 1, leftS: f64 = 0;
    for (let i = 0; i < n - 1; i++) {
      let r = rotation(load<f64>(d) * c, load<f64>(e));
      c = cosine;
      const s = sine;
      if (i > 0) store<f64>(e - eStep, leftS * r);
      const below = load<f64>(d + dStep);
      r = rotation(leftC * r, below * s);
      leftC = cosine;
      leftS = sine;
      store<f64>(d, r);
      if (rightLength) rotateRows<T>(rightLength, right, right + rightStep, c, s);
      if (leftLength) rotateRows<T>(leftLength, left, left + leftStep, leftC, leftS);
      d += dStep;
      e += eStep;
      left += leftStep;
      right += rightStep;
    }
    const h = load<f64>(d) * c;
    store<f64>(d, h * leftC);
    store<f64>(e - eStep, h * leftS);
    return;
  }
  const top = load<f64>(d);
  let f = (abs<f64>(top) - shift) * ((top < 0 ? -1.0 : 1.0) + shift / top), g = load<f64>(e);
  for (let i = 0; i < n - 1; i++) {
    let r = rotation(f, g);
    let c = cosine, s = sine;
    if (i > 0) store<f64>(e - eStep, r);
    const di = load<f64>(d), ei = load<f64>(e), dn = load<f64>(d + dStep);
    f = c * di + s * ei;
    const e2 = c * ei - s * di;
    g = s * dn;
    const d2 = c * dn;
    if (rightLength) rotateRows<T>(rightLength, right, right + rightStep, c, s);
    r = rotation(f, g);
    c = cosine;
    s = sine;
    store<f64>(d, r);
    f = c * e2 + s * d2;
    store<f64>(d + dStep, c * d2 - s * e2);
    if (i < n - 2) {
      const en = load<f64>(e + eStep);
      g = s * en;
      store<f64>(e + eStep, c * en);
    }
    if (leftLength) rotateRows<T>(leftLength, left, left + leftStep, c, s);
    d += dStep;
    e += eStep;
    left += leftStep;
    right += rightStep;
  }
  store<f64>(e - eStep, f);
}

/**
 * Rotates away the last column of B[n, n + 1], whose entry beside d[n − 1] is e[n − 1]; the last row of vt[n + 1, ·]
 * becomes the null vector.
 */
export function dropLastColumn<T>(n: i32, d: usize, e: usize, vt: usize, vtRow: i32, vLength: i32): void {
  const step = <usize>vtRow * sizeof<T>(), last = vt + <usize>n * step;
  let bulge = load<f64>(e + <usize>(n - 1) * 8);
  for (let i = n - 1; i >= 0; i--) {
    store<f64>(d + <usize>i * 8, rotation(load<f64>(d + <usize>i * 8), bulge));
    rotateRows<T>(vLength, vt + <usize>i * step, last, cosine, sine);
    if (i > 0) {
      const above = load<f64>(e + <usize>(i - 1) * 8);
      bulge = -sine * above;
      store<f64>(e + <usize>(i - 1) * 8, cosine * above);
    }
  }
}

/**
 * Overwrites d[n] by the singular values (≥ 0, in no order) of the upper bidiagonal B with diagonal d and superdiagonal
 * e[n − 1], and applies the rotations to the rows of ut and vt, so that they become U ᵀ·ut and Vᵀ·vt for B = U·Σ·Vᵀ. Rows
 * are uLength and vLength elements long (0 leaves them out) and uRow and vRow apart. Returns false without convergence.
 * `epsilon` is the size beside its neighbours on the diagonal at which an entry of e is neglected.
 */
export function bidiagonalQr<T>(
  n: i32, d: usize, e: usize, ut: usize, uRow: i32, uLength: i32, vt: usize, vRow: i32, vLength: i32, epsilon: f64,
): bool {
  const uStep = <usize>uRow * sizeof<T>(), vStep = <usize>vRow * sizeof<T>();
  let largest: f64 = 0;
  for (let i = 0; i < n; i++) {
    largest = max<f64>(largest, abs<f64>(load<f64>(d + <usize>i * 8)));
    if (i < n - 1) largest = max<f64>(largest, abs<f64>(load<f64>(e + <usize>i * 8)));
  }
  // What the reduction to bidiagonal form lost is a thousand times this.
  const negligible = largest * epsilon * (1.0 / 1024);
  let budget = MOST_SWEEPS * n;
  let end = n - 1, oldStart = -1, oldEnd = -1, upwards = false;
  while (end > 0) {
    let start = end, singular = abs<f64>(load<f64>(d + <usize>end * 8)) <= negligible;
    let below = abs<f64>(load<f64>(d + <usize>end * 8));
    for (; start > 0; start--) {
      const at = e + <usize>(start - 1) * 8;
      const coupling = abs<f64>(load<f64>(at)), here = abs<f64>(load<f64>(d + <usize>(start - 1) * 8));
      if (coupling <= negligible || coupling <= epsilon * (here + below)) {
        store<f64>(at, 0);
        break;
      }
      if (here <= negligible) singular = true;
      below = here;
    }
    if (start == end) {
      end--;
      continue;
    }
    if (--budget < 0) return false;
    const dFirst = abs<f64>(load<f64>(d + <usize>start * 8)), dLast = abs<f64>(load<f64>(d + <usize>end * 8));
    // Chase from the larger end to the smaller: graded matrices converge at the small end.
    if (start > oldEnd || end < oldStart) upwards = dFirst < dLast;
    oldStart = start;
    oldEnd = end;

    const count = end - start + 1;
    let dAt = d + <usize>start * 8, eAt = e + <usize>start * 8, step: usize = 8;
    if (upwards) {
      dAt = d + <usize>end * 8;
      eAt = e + <usize>(end - 1) * 8;
      step = <usize>(-8);
    }
    let shift: f64 = 0;
    // With a zero on the diagonal, one sweep without a shift finds the singular value zero.
    if (!singular) {
      const bottom = dAt + <usize>(count - 1) * step, lastE = eAt + <usize>(count - 2) * step;
      shift = smallerOfTwo(load<f64>(bottom - step), load<f64>(lastE), load<f64>(bottom));
      const ratio = shift / abs<f64>(load<f64>(dAt));
      // A shift that is lost beside the first entry would only cost the small values their accuracy.
      if (!(ratio * ratio >= 2.3e-16)) shift = 0;
    }
    const u = ut + <usize>(upwards ? end : start) * uStep, v = vt + <usize>(upwards ? end : start) * vStep;
    if (upwards) sweep<T>(count, dAt, step, eAt, step, shift, v, -vStep, vLength, u, -uStep, uLength);
    else sweep<T>(count, dAt, step, eAt, step, shift, u, uStep, uLength, v, vStep, vLength);
  }
  for (let i = 0; i < n; i++) {
    const value = load<f64>(d + <usize>i * 8);
    if (value < 0) {
      store<f64>(d + <usize>i * 8, -value);
      negateRow<T>(vLength, vt + <usize>i * vStep);
    }
  }
  return true;
}

/** x := −x. */
export function negateRow<T>(n: i32, x: usize): void {
  for (let i = 0; i < n; i++) {
    store<T>(x, <T>(-load<T>(x)));
    x += sizeof<T>();
  }
}
