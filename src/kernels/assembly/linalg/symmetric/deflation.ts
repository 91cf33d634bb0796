// Deflation of D + ρ·u·uᵀ: eigenpairs that the rank-one term leaves alone, within rounding, are taken out before the
// secular equation is solved (Dongarra and Sorensen, SIAM J. Sci. Stat. Comput. 8, 1987; LAPACK's laed2).

import { get, getIndex, set, setIndex } from "../entries";
import { hypotenuse, rotateRows, roundoff } from "./tridiagonal-ql";

/** Where an eigenvector of the two halves is not zero. */
export const TOP: i32 = 0;
export const DENSE: i32 = 1;
export const BOTTOM: i32 = 2;

/**
 * Sorts d[n], listed ascending in `order`, into `kept`, ascending and apart, and `dropped`; returns how many are kept. Values
 * that lie too close for their components of u are rotated, with their rows of Z, so that one component vanishes. `kinds`
 * says for every row of Z whether it is TOP (zero from column n1 on), BOTTOM or DENSE, and is kept up to date.
 */
export function deflate<T>(
  n: i32, n1: i32, d: usize, u: usize, rho: f64, order: usize, z: usize, zRow: i32,
  kinds: usize, kept: usize, dropped: usize,
): i32 {
  let largestValue: f64 = 0, largestComponent: f64 = 0;
  for (let i = 0; i < n; i++) {
    largestValue = max<f64>(largestValue, abs<f64>(get(d, i)));
    largestComponent = max<f64>(largestComponent, abs<f64>(get(u, i)));
  }
  const tolerance = 8 * roundoff<T>() * max<f64>(largestValue, largestComponent);
  let k = 0, out = 0, last = -1;
  for (let at = 0; at < n; at++) {
    const j = getIndex(order, at);
    if (rho * abs<f64>(get(u, j)) <= tolerance) {
      setIndex(dropped, out++, j);
      continue;
    }
    if (last >= 0) {
      const length = hypotenuse(get(u, j), get(u, last));
      const c = get(u, j) / length, s = get(u, last) / length;
      const x = get(d, last), y = get(d, j);
      if (abs<f64>((y - x) * c * s) <= tolerance) {
        set(u, j, length);
        set(u, last, 0);
        const lastKind = getIndex(kinds, last), kind = getIndex(kinds, j);
        if (lastKind != kind) setIndex(kinds, j, DENSE);
        const row = <usize>zRow * sizeof<T>();
        rotateRows<T>(n, z + <usize>last * row, z + <usize>j * row, <T>c, <T>s);
        set(d, last, x * c * c + y * s * s);
        set(d, j, x * s * s + y * c * c);
        setIndex(dropped, out++, last);
      } else {
        setIndex(kept, k++, last);
      }
    }
    last = j;
  }
  if (last >= 0) setIndex(kept, k++, last);
  return k;
}
