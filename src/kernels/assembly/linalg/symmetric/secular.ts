// The eigenproblem of D + ρ·z·zᵀ, D diagonal: its eigenvalues are the roots of the secular equation
//   1/ρ + Σ zᵢ²/(dᵢ − λ) = 0,
// one behind every dᵢ. A root is held as its nearest pole and the distance from it, so that dᵢ − λ keeps its leading digits
// (Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995). All of it is f64.

import { madd, sumLanes } from "../../vector";
import { get, getIndex, set } from "../entries";

/** Steps after which a root counts as lost; five suffice on average. */
const MOST: i32 = 200;
/** Interpolation steps before every second one halves the bracket. */
const PATIENCE: i32 = 12;

/** Σ wᵢ/(pᵢ − t) and Σ wᵢ/(pᵢ − t)² over [from, to), in the two lanes. */
function poleSums(from: i32, to: i32, poles: usize, weights: usize, t: f64): v128 {
  const one = f64x2.splat(1), ts = f64x2.splat(t);
  let sums = f64x2.splat(0), slopes = sums;
  let p = poles + <usize>from * 8, w = weights + <usize>from * 8;
  let i = from;
  for (; i + 2 <= to; i += 2) {
    const inverse = f64x2.div(one, f64x2.sub(v128.load(p), ts));
    const term = f64x2.mul(v128.load(w), inverse);
    sums = f64x2.add(sums, term);
    slopes = madd<f64>(term, inverse, slopes);
    p += 16;
    w += 16;
  }
  let sum = sumLanes<f64>(sums), slope = sumLanes<f64>(slopes);
  if (i < to) {
    const inverse = 1 / (load<f64>(p) - t);
    const term = load<f64>(w) * inverse;
    sum += term;
    slope += term * inverse;
  }
  return f64x2(sum, slope);
}

/** The root of c·x² − a·x + b = 0 that the interpolation means: between the poles, or behind both. */
// @ts-ignore: decorator
@inline
function quadraticRoot(a: f64, b: f64, c: f64, behind: bool): f64 {
  const root = sqrt<f64>(max<f64>(a * a - 4 * b * c, 0));
  if (behind) return a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root);
  return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
}

/** A point well inside (low, high), which have one sign: geometric where their scales differ. */
// @ts-ignore: decorator
@inline
function middle(low: f64, high: f64): f64 {
  const x = abs<f64>(low), y = abs<f64>(high);
  if (min<f64>(x, y) * 8 > max<f64>(x, y)) return low + (high - low) / 2;
  return copysign<f64>(sqrt<f64>(x) * sqrt<f64>(y), high);
}

/**
 * Root j of the secular equation with k ascending poles and weights zᵢ² > 0, whose sum is `total`: stores λ − d[origin] at
 * `offset` and returns the origin; −1 where it does not converge. `shifted` is scratch for k numbers. The residual is at
 * most `tolerance` relative to the terms. Poles j and j + 1 are kept and the rest is interpolated (Li's "middle way", LAPACK
 * Working Note 89, 1993), inside a bracket that every step narrows.
 */
export function secularRoot(
  k: i32, j: i32, d: usize, weights: usize, rho: f64, total: f64, tolerance: f64, shifted: usize, offset: usize,
): i32 {
  if (k == 1) {
    store<f64>(offset, rho * total);
    return 0;
  }
  const behind = j == k - 1;
  // The poles on both sides, or the last two.
  const left = behind ? k - 2 : j, right = left + 1;
  const inverseRho = 1 / rho;
  const near = get(weights, left), far = get(weights, right);
  const gap = get(d, right) - get(d, left);
  let origin = j;
  shift(k, d, get(d, origin), shifted);
  let low: f64, high: f64, t: f64;
  const half = behind ? rho * total * 0.5 : gap * 0.5;
  const before = f64x2.extract_lane(poleSums(0, right, shifted, weights, half), 0);
  const after = f64x2.extract_lane(poleSums(right, k, shifted, weights, half), 0);
  const value = inverseRho + before + after;
  if (behind) {
    const c = value - near / (-gap - half) + far / half;
    low = rho * far;
    high = 2 * half;
    if (value < 0) low = max<f64>(low, half);
    else high = min<f64>(high, half);
    t = quadraticRoot(near + far - c * gap, -far * gap, c, true);
  } else {
    const c = value + near / half - far / half;
    if (value >= 0) {
      low = near / (inverseRho + after);
      high = half;
      t = quadraticRoot(near + far + c * gap, near * gap, c, false);
    } else {
      origin = right;
      shift(k, d, get(d, origin), shifted);
      low = -half;
      high = far / before;
      t = quadraticRoot(near + far - c * gap, -far * gap, c, false);
    }
  }
  // Rounding may cross the bounds or shave the root off; they only serve to hold the iteration.
  low -= abs<f64>(low) * 1e-14;
  high += abs<f64>(high) * 1e-14;
  if (!(t > low && t < high)) t = middle(low, high);

  for (let step = 0; step < MOST; step++) {
    const first = poleSums(0, right, shifted, weights, t), second = poleSums(right, k, shifted, weights, t);
    const psi = f64x2.extract_lane(first, 0), psiSlope = f64x2.extract_lane(first, 1);
    const phi = f64x2.extract_lane(second, 0), phiSlope = f64x2.extract_lane(second, 1);
    const w = inverseRho + psi + phi;
    let next = t;
    if (abs<f64>(w) > tolerance * (inverseRho + abs<f64>(psi) + abs<f64>(phi))) {
      if (w < 0) low = t;
      else high = t;
      const p = get(shifted, left) - t, q = get(shifted, right) - t;
      const c = w - p * psiSlope - q * phiSlope;
      next += quadraticRoot((p + q) * w - p * q * (psiSlope + phiSlope), p * q * w, c, behind);
      if (!(next > low && next < high) || (step > PATIENCE && step & 1)) next = middle(low, high);
    }
    // Where the terms are huge, no representable t has a smaller residual.
    if (abs<f64>(next - t) <= 2.3e-16 * abs<f64>(t)) {
      store<f64>(offset, t);
      return origin;
    }
    t = next;
  }
  return -1;
}

/** shifted[i] := d[i] − by. */
function shift(k: i32, d: usize, by: f64, shifted: usize): void {
  for (let i = 0; i < k; i++) set(shifted, i, get(d, i) - by);
}

/** out[i] *= (d[i] − λ)/(d[i] − pole) for i in [from, to), with λ = origin + offset. */
function multiplyRatios(from: i32, to: i32, d: usize, origin: f64, offset: f64, pole: f64, out: usize): void {
  const o = f64x2.splat(origin), t = f64x2.splat(offset), p = f64x2.splat(pole);
  let i = from;
  let at = <usize>from * 8;
  for (; i + 2 <= to; i += 2) {
    const x = v128.load(d + at);
    const ratio = f64x2.div(f64x2.sub(f64x2.sub(x, o), t), f64x2.sub(x, p));
    v128.store(out + at, f64x2.mul(v128.load(out + at), ratio));
    at += 16;
  }
  if (i < to) {
    const x = load<f64>(d + at);
    store<f64>(out + at, load<f64>(out + at) * ((x - origin - offset) / (x - pole)));
  }
}

/**
 * z[k] := the vector for which the computed roots are exact, signs kept (Löwner's formula): eigenvectors made from it are
 * orthogonal however close the roots lie. `products` is scratch for k numbers.
 */
export function exactVector(k: i32, d: usize, origins: usize, offsets: usize, z: usize, products: usize): void {
  for (let i = 0; i < k; i++) set(products, i, 1);
  for (let j = 0; j < k; j++) {
    const origin = get(d, getIndex(origins, j)), offset = get(offsets, j);
    const pole = get(d, j);
    multiplyRatios(0, j, d, origin, offset, pole, products);
    set(products, j, get(products, j) * (pole - origin - offset));
    multiplyRatios(j + 1, k, d, origin, offset, pole, products);
  }
  for (let i = 0; i < k; i++) {
    set(z, i, copysign<f64>(sqrt<f64>(abs<f64>(get(products, i))), get(z, i)));
  }
}

/**
 * row[k] := the unit eigenvector with entries zᵢ/(dᵢ − λ), λ = origin + offset, in whatever order d and z are. `work` is
 * scratch for k + 2 numbers, of which the entries behind k are written.
 */
export function secularVector<T>(k: i32, d: usize, z: usize, origin: f64, offset: f64, row: usize, work: usize): void {
  const o = f64x2.splat(origin), t = f64x2.splat(offset);
  let squares = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= k; i += 2) {
    const at = <usize>i * 8;
    const entry = f64x2.div(v128.load(z + at), f64x2.sub(f64x2.sub(v128.load(d + at), o), t));
    v128.store(work + at, entry);
    squares = madd<f64>(entry, entry, squares);
  }
  let total = sumLanes<f64>(squares);
  if (i < k) {
    const entry = get(z, i) / (get(d, i) - origin - offset);
    set(work, i, entry);
    total += entry * entry;
  }
  const scale = 1 / sqrt<f64>(total);
  const scales = f64x2.splat(scale);
  i = 0;
  if (sizeof<T>() == 4) {
    for (; i + 4 <= k; i += 4) {
      const at = work + <usize>i * 8;
      const low = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(at), scales));
      const high = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(at, 16), scales));
      v128.store(row + <usize>i * 4, v128.shuffle<f64>(low, high, 0, 2));
    }
  } else {
    for (; i + 2 <= k; i += 2) {
      const at = <usize>i * 8;
      v128.store(row + at, f64x2.mul(v128.load(work + at), scales));
    }
  }
  for (; i < k; i++) store<T>(row + <usize>i * sizeof<T>(), <T>(get(work, i) * scale));
}
