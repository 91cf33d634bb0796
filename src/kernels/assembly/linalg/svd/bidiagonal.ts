// A = Q·B·Pᵀ with B upper bidiagonal (Golub and Kahan, 1965), in blocks: the reflectors of a block are gathered as
// A − V·Yᵀ − X·U and the trailing matrix changes once per block (Dongarra, Sorensen and Hammarling, 1989; LAPACK's
// labrd and gebrd). Half of the arithmetic is two matrix-vector products per column, half matrix products.

import { gemmScratch, gemmUpdate } from "../../gemm";
import { gemvColumns, gemvRows } from "../../gemv";
import { alignedBytes, reflector } from "../householder";
import { transpose } from "../transpose";
import { scaleVector } from "../vectors";

/** Columns per block: more lowers the cost of matrix products and raises that of the corrections. */
export const PANEL: i32 = 32;

// @ts-ignore: decorator
@inline
function at<T>(base: usize, row: i32, stride: i32, column: i32): usize {
  return base + (<usize>row * <usize>stride + <usize>column) * sizeof<T>();
}

/** Copies `count` elements that lie `stride` apart, negated, to contiguous ones. */
// @ts-ignore: decorator
@inline
function gatherNegated<T>(count: i32, from: usize, stride: i32, to: usize): void {
  for (let i = 0; i < count; i++) {
    store<T>(to + <usize>i * sizeof<T>(), <T>(-load<T>(from + <usize>i * <usize>stride * sizeof<T>())));
  }
}

/** y −= Σ rows[l]·(rows'[l]·x): a correction of a matrix-vector product by `count` reflectors. */
// @ts-ignore: decorator
@inline
function correct<T>(
  count: i32, inner: i32, dots: usize, dotsRow: i32, x: usize,
  outer: i32, sums: usize, sumsRow: i32, y: usize, factors: usize,
): void {
  gemvRows<T>(count, inner, dots, dotsRow, x, factors, false);
  scaleVector<T>(count, -1, factors);
  gemvColumns<T>(outer, count, sums, sumsRow, factors, y, true);
}

/** The reflector of x[n]; its leading 1 is written out. Returns what x becomes; tau goes to `tau`. */
// @ts-ignore: decorator
@inline
function reflect<T>(n: i32, x: usize, tau: usize): f64 {
  store<T>(tau, reflector<T>(n, x, 1));
  const value = <f64>load<T>(x);
  store<T>(x, 1);
  return value;
}

/** Bytes of scratch that `bidiagonalize<T>` needs. */
export function bidiagonalizeScratch<T>(m: i32, n: i32): usize {
  return alignedBytes<T>(PANEL, m) + alignedBytes<T>(PANEL, n) + alignedBytes<T>(2, PANEL)
    + gemmScratch<T>(m, n, PANEL);
}

/**
 * Reduces A[m, n], m ≥ n, to the diagonal d[n] and superdiagonal e[n − 1] (f64) of B. Row i of A becomes the i-th
 * reflector of P (zeros, 1 at i + 1, …) with tauP[i]. Row i of vt[n, m] becomes that of Q (zeros, 1 at i, …) with
 * tauQ[i] where `keep`; otherwise vt holds one block of PANEL rows at a time.
 */
export function bidiagonalize<T>(
  m: i32, n: i32, a: usize, aRow: i32, vt: usize, vtRow: i32, keep: bool,
  tauQ: usize, tauP: usize, d: usize, e: usize, scratch: usize,
): void {
  const xt = scratch;
  const yt = xt + alignedBytes<T>(PANEL, m);
  const f = yt + alignedBytes<T>(PANEL, n);
  const g = f + <usize>PANEL * sizeof<T>();
  const products = f + alignedBytes<T>(2, PANEL);
  for (let first = 0; first < n; first += PANEL) {
    const width = min(PANEL, n - first), next = first + width;
    const v = keep ? at<T>(vt, first, vtRow, 0) : vt;
    transpose<T>(m - first, width, at<T>(a, first, aRow, first), aRow, at<T>(v, 0, vtRow, first), vtRow);
    for (let k = 0; k < width; k++) {
      const i = first + k;
      const below = m - i, right = n - i - 1;
      const column = at<T>(v, k, vtRow, i);
      gatherNegated<T>(k, at<T>(yt, 0, n, i), n, f);
      gatherNegated<T>(k, at<T>(a, first, aRow, i), aRow, g);
      gemvColumns<T>(below, k, at<T>(v, 0, vtRow, i), vtRow, f, column, true);
      gemvColumns<T>(below, k, at<T>(xt, 0, m, i), m, g, column, true);
      store<f64>(d + <usize>i * 8, reflect<T>(below, column, tauQ + <usize>i * sizeof<T>()));
      memory.fill(at<T>(v, k, vtRow, 0), 0, <usize>i * sizeof<T>());
      if (right == 0) {
        memory.fill(at<T>(a, i, aRow, 0), 0, <usize>n * sizeof<T>());
        continue;
      }
      const row = at<T>(a, i, aRow, i + 1), y = at<T>(yt, k, n, i + 1);
      gemvColumns<T>(right, below, row, aRow, column, y, false);
      correct<T>(k, below, at<T>(v, 0, vtRow, i), vtRow, column, right, at<T>(yt, 0, n, i + 1), n, y, f);
      correct<T>(k, below, at<T>(xt, 0, m, i), m, column, right, at<T>(a, first, aRow, i + 1), aRow, y, f);
      scaleVector<T>(right, load<T>(tauQ + <usize>i * sizeof<T>()), y);

      gatherNegated<T>(k + 1, at<T>(v, 0, vtRow, i), vtRow, f);
      gatherNegated<T>(k, at<T>(xt, 0, m, i), m, g);
      gemvColumns<T>(right, k + 1, at<T>(yt, 0, n, i + 1), n, f, row, true);
      gemvColumns<T>(right, k, at<T>(a, first, aRow, i + 1), aRow, g, row, true);
      store<f64>(e + <usize>i * 8, reflect<T>(right, row, tauP + <usize>i * sizeof<T>()));
      memory.fill(at<T>(a, i, aRow, 0), 0, <usize>(i + 1) * sizeof<T>());
      if (below == 1) continue;
      const x = at<T>(xt, k, m, i + 1);
      gemvRows<T>(below - 1, right, at<T>(a, i + 1, aRow, i + 1), aRow, row, x, false);
      correct<T>(k + 1, right, at<T>(yt, 0, n, i + 1), n, row, below - 1, at<T>(v, 0, vtRow, i + 1), vtRow, x, f);
      correct<T>(k, right, at<T>(a, first, aRow, i + 1), aRow, row, below - 1, at<T>(xt, 0, m, i + 1), m, x, f);
      scaleVector<T>(below - 1, load<T>(tauP + <usize>i * sizeof<T>()), x);
    }
    if (next == n) break;
    const trailing = at<T>(a, next, aRow, next);
    gemmUpdate<T>(
      m - next, n - next, width, at<T>(v, 0, vtRow, next), 1, vtRow, at<T>(yt, 0, n, next), n, 1,
      trailing, aRow, true, products,
    );
    gemmUpdate<T>(
      m - next, n - next, width, at<T>(xt, 0, m, next), 1, m, at<T>(a, first, aRow, next), aRow, 1,
      trailing, aRow, true, products,
    );
  }
}
