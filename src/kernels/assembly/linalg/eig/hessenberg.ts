// A = Q H Qᵀ with H upper Hessenberg, by panels: Quintana-Ortí and van de Geijn, "Improving the performance of
// reduction to Hessenberg form" (ACM TOMS 32, 2006), as LAPACK's dgehrd. A panel's reflectors are P = I − V T Vᵀ. With
// Y = A V T kept beside them, the rest of the matrix waits for the panel's end and is updated by products of
// matrices: A ← (I − V Tᵀ Vᵀ)(A − Y Vᵀ).
//
// V and Y are stored as their transposes, so that every vector of the panel is contiguous.

import { gemmScratch, gemmUpdate } from "../../gemm";
import { gemvColumns, gemvRows } from "../../gemv";
import { applyBlockLeft, applyBlockLeftScratch, applyBlockRight, applyBlockRightScratch, reflector } from "../householder";
import { scaleVector } from "../vectors";
import { at, get, item, put, setItem } from "./element";

/** Columns of a panel. */
const PANEL: i32 = 32;

/** Bytes of scratch for `hessenberg` and `hessenbergVectors`. */
export function hessenbergScratch(n: i32, step: i32): usize {
  const blocks = max(applyBlockLeftScratch<f64>(n, n, PANEL), applyBlockRightScratch<f64>(n, n, PANEL));
  return (<usize>((PANEL + 1) * step + PANEL) << 3) + max(blocks, gemmScratch<f64>(n, n, PANEL));
}

/** Bytes of the triangular factors of all panels. */
export function factorBytes(n: i32): usize {
  return (<usize>(n + PANEL) * PANEL) << 3;
}

// @ts-ignore: decorator
@inline
function negate(count: i32, x: usize): void {
  for (let i = 0; i < count; i++) setItem(x, i, -item(x, i));
}

/** w ← T w, or Tᵀ w, in place, for the leading `count` columns of an upper triangular T with rows `step` apart. */
function multiplyTriangle(count: i32, t: usize, step: i32, w: usize, transposed: bool): void {
  for (let r = 0; r < count; r++) {
    const i = transposed ? count - 1 - r : r;
    let total: f64 = 0;
    if (transposed) for (let k = 0; k <= i; k++) total += get(t, step, k, i) * item(w, k);
    else for (let k = i; k < count; k++) total += get(t, step, i, k) * item(w, k);
    setItem(w, i, total);
  }
}

/**
 * Reduces columns [p, p + width). Rows p + 1 … high of them become final; rows p … of `vt` receive the reflectors,
 * `yt` [width, step] the rows p + 1 … high of Y, `t` [width, width] the triangular factor.
 */
function reducePanel(
  p: i32, width: i32, high: i32, a: usize, vt: usize, step: i32, t: usize, yt: usize, x: usize, w: usize,
): void {
  const first = p + 1;
  const rows = high - p;
  const xs = x + (<usize>first << 3);
  const vs = at(vt, step, p, first);
  const ys = at(yt, step, 0, first);
  for (let c = 0; c < width; c++) {
    const j = p + c;
    for (let i = first; i <= high; i++) setItem(x, i, get(a, step, i, j));
    if (c > 0) {
      // x ← (I − V Tᵀ Vᵀ)(x − Y·(row j of V)).
      for (let k = 0; k < c; k++) setItem(w, k, -get(vt, step, p + k, j));
      gemvColumns<f64>(rows, c, ys, step, w, xs, true);
      gemvRows<f64>(c, rows, vs, step, xs, w, false);
      multiplyTriangle(c, t, width, w, true);
      negate(c, w);
      gemvColumns<f64>(rows, c, vs, step, w, xs, true);
    }
    const below = x + (<usize>(j + 1) << 3);
    const tau = reflector<f64>(high - j, below, 1);
    for (let i = first; i <= j + 1; i++) put(a, step, i, j, item(x, i));
    for (let i = j + 2; i <= high; i++) put(a, step, i, j, 0);
    store<f64>(below, 1);
    memory.fill(at(vt, step, j, 0), 0, <usize>step << 3);
    memory.copy(at(vt, step, j, j + 1), below, <usize>(high - j) << 3);

    // Y's column: τ (A v − Y Vᵀ v), and T's: −τ T Vᵀ v above τ.
    const y = at(yt, step, c, first);
    gemvRows<f64>(rows, high - j, at(a, step, first, j + 1), step, below, y, false);
    if (c > 0) {
      gemvRows<f64>(c, high - j, at(vt, step, p, j + 1), step, below, w, false);
      negate(c, w);
      gemvColumns<f64>(rows, c, ys, step, w, y, true);
      multiplyTriangle(c, t, width, w, false);
      for (let k = 0; k < c; k++) put(t, width, k, c, tau * item(w, k));
    }
    scaleVector<f64>(rows, tau, y);
    put(t, width, c, c, tau);
    for (let k = c + 1; k < width; k++) put(t, width, k, c, 0);
  }
}

/**
 * Overwrites A with H: columns and rows [low, high] are reduced; rows [top, low) and columns (high, right) take part.
 * Row j of `vt` receives reflector j with its leading 1 and zeros around it, `t` each panel's triangular factor.
 */
export function hessenberg(
  low: i32, high: i32, top: i32, right: i32, a: usize, vt: usize, step: i32, t: usize, scratch: usize,
): void {
  const x = at(scratch, step, PANEL, 0);
  const w = x + (<usize>step << 3);
  const rest = w + (<usize>PANEL << 3);
  for (let p = low; p < high - 1; p += PANEL) {
    const width = min(PANEL, high - 1 - p);
    const next = p + width;
    const rows = high - p;
    reducePanel(p, width, high, a, vt, step, t, scratch, x, w);
    const v = at(vt, step, p, p + 1);
    applyBlockRight<f64>(p + 1 - top, rows, width, v, 1, step, t, false, at(a, step, top, p + 1), step, rest);
    gemmUpdate<f64>(
      rows, high + 1 - next, width, at(scratch, step, 0, p + 1), 1, step, at(vt, step, p, next), step, 1,
      at(a, step, p + 1, next), step, true, rest,
    );
    applyBlockLeft<f64>(rows, right - next, width, v, 1, step, t, true, at(a, step, p + 1, next), step, rest);
    t += <usize>(PANEL * PANEL) << 3;
  }
}

/** Writes Qᵀ of the reflectors that `hessenberg` left: the last panel first, so that each meets only what it changes. */
export function hessenbergVectors(
  n: i32, low: i32, high: i32, vt: usize, step: i32, t: usize, zt: usize, scratch: usize,
): void {
  memory.fill(zt, 0, <usize>(n * step) << 3);
  for (let i = 0; i < n; i++) put(zt, step, i, i, 1);
  const reflectors = high - 1 - low;
  if (reflectors <= 0) return;
  for (let panel = (reflectors - 1) / PANEL; panel >= 0; panel--) {
    const p = low + panel * PANEL;
    const width = min(PANEL, high - 1 - p);
    const rows = high - p;
    const factor = t + (<usize>(panel * PANEL * PANEL) << 3);
    const block = at(zt, step, p + 1, p + 1);
    applyBlockRight<f64>(rows, rows, width, at(vt, step, p, p + 1), 1, step, factor, true, block, step, scratch);
  }
}

/** C ← Qᵀ C for the reflectors that `hessenberg` left; C has `columns` columns and rows `cStep` apart. */
export function applyHessenberg(
  low: i32, high: i32, vt: usize, step: i32, t: usize, columns: i32, c: usize, cStep: i32, scratch: usize,
): void {
  for (let p = low; p < high - 1; p += PANEL) {
    const width = min(PANEL, high - 1 - p);
    applyBlockLeft<f64>(high - p, columns, width, at(vt, step, p, p + 1), 1, step, t, true, at(c, cStep, p + 1, 0), cStep, scratch);
    t += <usize>(PANEL * PANEL) << 3;
  }
}
