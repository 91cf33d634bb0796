// The real Schur form of a 2 × 2 block: upper triangular when its eigenvalues are real, otherwise with equal diagonal
// entries and off-diagonal ones of opposite sign, so that λ = a ± i·√(−b·c). Bai and Demmel, "On swapping diagonal
// blocks in real Schur form" (1993), §2; the guards are those of LAPACK's dlanv2.

import { EPSILON, hypotenuse } from "./element";

/** What `standardize` leaves: the block and the rotation. [a b; c d] = [cs sn; −sn cs]·block·[cs −sn; sn cs]. */
export let blockA: f64 = 0;
export let blockB: f64 = 0;
export let blockC: f64 = 0;
export let blockD: f64 = 0;
export let blockCos: f64 = 1;
export let blockSin: f64 = 0;
/** The imaginary part of the block's eigenvalue above the real axis; 0 for two real ones. */
export let blockImaginary: f64 = 0;

// @ts-ignore: decorator
@inline
function sign(x: f64): f64 {
  return copysign<f64>(1, x);
}

// @ts-ignore: decorator
@inline
function set(a: f64, b: f64, c: f64, d: f64, cs: f64, sn: f64): void {
  blockA = a;
  blockB = b;
  blockC = c;
  blockD = d;
  blockCos = cs;
  blockSin = sn;
}

export function standardize(a: f64, b: f64, c: f64, d: f64): void {
  if (c == 0) set(a, b, c, d, 1, 0);
  else if (b == 0) set(d, -c, 0, a, 0, 1);
  else if (a == d && sign(b) != sign(c)) set(a, b, c, d, 1, 0);
  else {
    const p = (a - d) / 2;
    const larger = max(abs(b), abs(c));
    const smaller = min(abs(b), abs(c)) * sign(b) * sign(c);
    const unit = max(abs(p), larger);
    // z·unit = p² + b·c, the discriminant over four.
    const z = (p / unit) * p + (larger / unit) * smaller;
    if (z >= 4 * EPSILON) triangular(a, b, c, d, p, p + copysign(sqrt(unit) * sqrt(z), p), larger, smaller);
    else equalDiagonal(a, b, c, d, p);
  }
  blockImaginary = blockC == 0 ? 0 : sqrt(abs(blockB)) * sqrt(abs(blockC));
}

/** Two real eigenvalues well apart: z is the distance of one from d. */
// @ts-ignore: decorator
@inline
function triangular(a: f64, b: f64, c: f64, d: f64, p: f64, z: f64, larger: f64, smaller: f64): void {
  const length = hypotenuse(c, z);
  set(d + z, b - c, 0, d - (larger / z) * smaller, z / length, c / length);
}

/** Complex or nearly equal eigenvalues: first makes the diagonal entries equal. */
function equalDiagonal(a: f64, b: f64, c: f64, d: f64, p: f64): void {
  const sum = b + c;
  const length = hypotenuse(sum, a - d);
  let cs = sqrt((1 + abs(sum) / length) / 2);
  let sn = -(p / (length * cs)) * sign(sum);
  const e = a * cs + b * sn, f = b * cs - a * sn;
  const g = c * cs + d * sn, h = d * cs - c * sn;
  const middle = ((e * cs + g * sn) + (h * cs - f * sn)) / 2;
  const upper = f * cs + h * sn, lower = g * cs - e * sn;
  if (lower == 0) set(middle, upper, 0, middle, cs, sn);
  else if (upper == 0) set(middle, -lower, 0, middle, -sn, cs);
  else if (sign(upper) != sign(lower)) set(middle, upper, lower, middle, cs, sn);
  else {
    // Real after all: one more rotation makes it triangular.
    const rootUpper = sqrt(abs(upper)), rootLower = sqrt(abs(lower));
    const offset = copysign(rootUpper * rootLower, lower);
    const inverse = 1 / sqrt(abs(upper + lower));
    const turnCos = rootUpper * inverse, turnSin = rootLower * inverse;
    const turned = cs * turnCos - sn * turnSin;
    sn = cs * turnSin + sn * turnCos;
    cs = turned;
    set(middle + offset, upper - lower, 0, middle - offset, cs, sn);
  }
}
