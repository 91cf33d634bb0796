// B = U·Σ·Vᵀ of an upper bidiagonal matrix by divide and conquer (Gu and Eisenstat, "A divide-and-conquer algorithm for
// the bidiagonal SVD", SIMAX 16, 1995; LAPACK's bdsdc and lasd0–lasd4). A row in the middle is taken out; the halves
// above (with one column more than rows) and below are solved; what is left is a diagonal matrix with a full first row
// z, whose singular values are roots of a secular equation.
//
// Scalars are f64 throughout, vectors are T. U and V are kept as rows of singular vectors: rotations and the products
// that update them then run along rows.

import { get, getIndex, set, setIndex } from "../entries";
import { gemmScratch, gemmUpdate } from "../../gemm";
import { bidiagonalQr, dropLastColumn, negateRow, qrTolerance, rotateRows } from "./bidiagonal-qr";
import { alignedBytes } from "../householder";
import { mu, origin, poleGaps, secularRoot } from "./secular";

/** Rows up to which the QR iteration is as fast. */
const LEAF: i32 = 25;

/** Where a surviving row of vectors is not zero: the left half, both, the right half. */
const LEFT: i32 = 0;
const DENSE: i32 = 1;
const RIGHT: i32 = 2;

/** The workspace, laid out by `planDivideAndConquer`. f64 and i32 arrays of n + 2, and matrices of T. */
let z: usize = 0; // the row z, by place in the block
let poles: usize = 0, squares: usize = 0, weights: usize = 0; // d, z² and z of what survives deflation, ascending
let gaps: usize = 0, corrected: usize = 0; // of one root; the recomputed z
let roots: usize = 0; // mu of every root
let groupPoles: usize = 0, groupWeights: usize = 0, vector: usize = 0; // in the order of the columns of X
let deflated: usize = 0; // singular values that were found by deflation, ascending
let origins: usize = 0, kinds: usize = 0, order: usize = 0, merged: usize = 0, survivors: usize = 0, leavers: usize = 0;
let columns: usize = 0;
let leftX: usize = 0, rightX: usize = 0, leftRows: usize = 0, rightRows: usize = 0, products: usize = 0;

/** Lays the workspace out from `base`; returns its end. */
export function planDivideAndConquer<T>(n: i32, base: usize): usize {
  const f64s = (<usize>(n + 2) * 8 + 63) & ~63, i32s = (<usize>(n + 2) * 4 + 63) & ~63;
  z = base;
  poles = z + f64s;
  squares = poles + f64s;
  weights = squares + f64s;
  gaps = weights + f64s;
  corrected = gaps + f64s;
  roots = corrected + f64s;
  groupPoles = roots + f64s;
  groupWeights = groupPoles + f64s;
  vector = groupWeights + f64s;
  deflated = vector + f64s;
  origins = deflated + f64s;
  kinds = origins + i32s;
  order = kinds + i32s;
  merged = order + i32s;
  survivors = merged + i32s;
  leavers = survivors + i32s;
  columns = leavers + i32s;
  leftX = columns + i32s;
  const matrix = n > LEAF ? alignedBytes<T>(n, n) : 0;
  rightX = leftX + matrix;
  leftRows = rightX + matrix;
  rightRows = leftRows + matrix;
  products = rightRows + matrix;
  return products + (n > LEAF ? gemmScratch<T>(n, n, n) : 0);
}

/**
 * Singular values (≥ 0, into d[n], by row, in no order) and vectors of the upper bidiagonal B with diagonal d[n] and
 * superdiagonal e[n − 1]: rows of ut[n, n] and vt[n, n], stored uRow and vRow apart, both zero on entry. Both are
 * overwritten. Returns false when the QR iteration of a leaf does not converge. The workspace is the one planned last.
 */
export function divideAndConquer<T>(n: i32, d: usize, e: usize, ut: usize, uRow: i32, vt: usize, vRow: i32): bool {
  let norm: f64 = 0;
  for (let i = 0; i < n; i++) {
    norm = max<f64>(norm, abs<f64>(get(d, i)));
    if (i < n - 1) norm = max<f64>(norm, abs<f64>(get(e, i)));
  }
  const epsilon = sizeof<T>() == 4 ? <f64>f32.EPSILON : f64.EPSILON;
  return solve<T>(n, 0, d, e, ut, uRow, vt, vRow, order, 8 * epsilon * norm);
}

/** As `divideAndConquer` for n rows and n + extra columns; `sorted` becomes the order in which d ascends. */
function solve<T>(
  n: i32, extra: i32, d: usize, e: usize, ut: usize, uRow: i32, vt: usize, vRow: i32,
  sorted: usize, tolerance: f64,
): bool {
  if (n <= LEAF) {
    for (let i = 0; i < n + extra; i++) {
      if (i < n) store<T>(ut + <usize>(i * (uRow + 1)) * sizeof<T>(), 1);
      store<T>(vt + <usize>(i * (vRow + 1)) * sizeof<T>(), 1);
    }
    if (extra && n) dropLastColumn<T>(n, d, e, vt, vRow, n + 1);
    if (!bidiagonalQr<T>(n, d, e, ut, uRow, n, vt, vRow, n + extra, qrTolerance<T>())) return false;
    sortIndices(n, d, sorted);
    return true;
  }
  const above = n / 2, below = n - above - 1, second = above + 1;
  const lowerU = ut + <usize>(second * (uRow + 1)) * sizeof<T>();
  const lowerV = vt + <usize>(second * (vRow + 1)) * sizeof<T>();
  if (!solve<T>(above, 1, d, e, ut, uRow, vt, vRow, sorted, tolerance)) return false;
  const rest = <usize>second;
  if (!solve<T>(
    below, extra, d + rest * 8, e + rest * 8, lowerU, uRow, lowerV, vRow, sorted + rest * 4, tolerance,
  )) return false;
  merge<T>(above, below, extra, d, e, ut, uRow, vt, vRow, sorted, tolerance);
  return true;
}

/** sorted[n] := the order in which values[n] ascend. */
export function sortIndices(n: i32, values: usize, sorted: usize): void {
  for (let i = 0; i < n; i++) {
    const value = get(values, i);
    let at = i;
    for (; at > 0 && get(values, getIndex(sorted, at - 1)) > value; at--) setIndex(sorted, at, getIndex(sorted, at - 1));
    setIndex(sorted, at, i);
  }
}

/** merged[n] := places of the rows of both halves by ascending d; the middle row is left out. */
function mergeOrders(above: i32, below: i32, d: usize, sorted: usize): void {
  let i = 0, j = 0;
  const second = above + 1;
  for (let k = 0; k < above + below; k++) {
    const left = getIndex(sorted, i), right = second + getIndex(sorted, second + j);
    const takesLeft = j == below || (i < above && get(d, left) <= get(d, right));
    setIndex(merged, k, takesLeft ? left : right);
    if (takesLeft) i++;
    else j++;
  }
}

/** Joins the solved halves of a block and the row between them, d[above] and e[above]. */
function merge<T>(
  above: i32, below: i32, extra: i32, d: usize, e: usize, ut: usize, uRow: i32, vt: usize, vRow: i32,
  sorted: usize, tolerance: f64,
): void {
  const n = above + 1 + below, second = above + 1, wide = n + extra;
  const uStep = <usize>uRow * sizeof<T>(), vStep = <usize>vRow * sizeof<T>();
  const alpha = get(d, above), beta = get(e, above);
  const lastOfAbove = vt + <usize>above * sizeof<T>(), firstOfBelow = lastOfAbove + sizeof<T>();
  store<T>(ut + <usize>above * (uStep + sizeof<T>()), 1);

  // z in the basis of the halves' right vectors. Their null vectors combine into one that z meets and one that stays.
  for (let i = 0; i < above; i++) set(z, i, alpha * <f64>load<T>(lastOfAbove + <usize>i * vStep));
  for (let i = second; i < n; i++) set(z, i, beta * <f64>load<T>(firstOfBelow + <usize>i * vStep));
  const middle = vt + <usize>above * vStep;
  let z0 = alpha * <f64>load<T>(lastOfAbove + <usize>above * vStep);
  if (extra) {
    const other = beta * <f64>load<T>(firstOfBelow + <usize>n * vStep);
    const both = sqrt<f64>(z0 * z0 + other * other);
    if (both > 0) rotateRows<T>(wide, middle, vt + <usize>n * vStep, z0 / both, other / both);
    z0 = both;
  }
  if (abs<f64>(z0) <= tolerance) z0 = z0 < 0 ? -tolerance : tolerance;

  mergeOrders(above, below, d, sorted);
  const count = deflate<T>(above, below, wide, d, z0, ut, uStep, vt, vStep, tolerance);
  const gone = n - count;
  if (count == 1) {
    set(d, above, abs<f64>(z0));
    if (z0 < 0) negateRow<T>(wide, middle);
    setIndex(survivors, 0, above);
    finishOrder(1, gone, d, sorted);
    return;
  }

  findRoots(count, sizeof<T>() == 4 ? 1e-9 : f64.EPSILON * (8.0 + <f64>count / 16));
  correctWeights(count);

  // Columns of X by where the rows that they multiply are not zero; the middle row is dense in V and zero in U but for
  // one column.
  let lefts = 0, denses = 0;
  for (let i = 1; i < count; i++) {
    const kind = getIndex(kinds, getIndex(survivors, i));
    if (kind == LEFT) lefts++;
    else if (kind == DENSE) denses++;
  }
  setIndex(columns, 0, lefts);
  let nextLeft = 0, nextDense = lefts + 1, nextRight = lefts + 1 + denses;
  for (let i = 1; i < count; i++) {
    const kind = getIndex(kinds, getIndex(survivors, i));
    if (kind == LEFT) setIndex(columns, i, nextLeft++);
    else if (kind == DENSE) setIndex(columns, i, nextDense++);
    else setIndex(columns, i, nextRight++);
  }
  for (let i = 0; i < count; i++) {
    const row = getIndex(survivors, i), column = getIndex(columns, i);
    set(groupPoles, column, get(poles, i));
    set(groupWeights, column, get(corrected, i));
    memory.copy(leftRows + <usize>(column * n) * sizeof<T>(), ut + <usize>row * uStep, <usize>n * sizeof<T>());
    memory.copy(rightRows + <usize>(column * wide) * sizeof<T>(), vt + <usize>row * vStep, <usize>wide * sizeof<T>());
  }
  for (let i = 0; i < gone; i++) {
    const row = getIndex(leavers, i), to = count + i;
    set(deflated, i, get(d, row));
    memory.copy(leftRows + <usize>(to * n) * sizeof<T>(), ut + <usize>row * uStep, <usize>n * sizeof<T>());
    memory.copy(rightRows + <usize>(to * wide) * sizeof<T>(), vt + <usize>row * vStep, <usize>wide * sizeof<T>());
  }
  formVectors<T>(count, lefts);

  const shared = lefts + 1 + denses, rights = count - lefts;
  for (let i = 0; i < count; i++) {
    memory.fill(ut + <usize>i * uStep, 0, <usize>n * sizeof<T>());
    memory.fill(vt + <usize>i * vStep, 0, <usize>wide * sizeof<T>());
    const x = load<T>(leftX + <usize>(i * count + lefts) * sizeof<T>());
    store<T>(ut + <usize>i * uStep + <usize>above * sizeof<T>(), x);
  }
  const fromLeft = <usize>lefts * sizeof<T>(), half = <usize>second * sizeof<T>();
  const denseU = leftRows + fromLeft * <usize>n, denseV = rightRows + fromLeft * <usize>wide;
  gemmUpdate<T>(count, above, shared, leftX, count, 1, leftRows, n, 1, ut, uRow, false, products);
  gemmUpdate<T>(count, below, rights, leftX + fromLeft, count, 1, denseU + half, n, 1, ut + half, uRow, false, products);
  gemmUpdate<T>(count, second, shared, rightX, count, 1, rightRows, wide, 1, vt, vRow, false, products);
  gemmUpdate<T>(
    count, wide - second, rights, rightX + fromLeft, count, 1, denseV + half, wide, 1, vt + half, vRow, false, products,
  );
  for (let i = count; i < n; i++) {
    memory.copy(ut + <usize>i * uStep, leftRows + <usize>(i * n) * sizeof<T>(), <usize>n * sizeof<T>());
    memory.copy(vt + <usize>i * vStep, rightRows + <usize>(i * wide) * sizeof<T>(), <usize>wide * sizeof<T>());
    set(d, i, get(deflated, i - count));
    setIndex(leavers, i - count, i);
  }
  for (let i = 0; i < count; i++) {
    setIndex(survivors, i, i);
    set(d, i, singularValue(i));
  }
  finishOrder(count, gone, d, sorted);
}

/** sorted := `survivors` and `leavers`, each ascending in d, merged. */
function finishOrder(count: i32, gone: i32, d: usize, sorted: usize): void {
  let i = 0, j = 0;
  for (let k = 0; k < count + gone; k++) {
    const left = getIndex(survivors, i), right = getIndex(leavers, j);
    const takesLeft = j == gone || (i < count && get(d, left) <= get(d, right));
    setIndex(sorted, k, takesLeft ? left : right);
    if (takesLeft) i++;
    else j++;
  }
}

/**
 * Takes out rows that hardly meet z, and one of every two rows whose d are close, after a rotation that moves all of z to
 * the other. Lists places in `survivors` (the middle row first) and `leavers`, by ascending d, and fills `poles`,
 * `weights`, `squares` and `kinds`. Returns how many survive.
 */
function deflate<T>(
  above: i32, below: i32, wide: i32, d: usize, z0: f64, ut: usize, uStep: usize, vt: usize, vStep: usize,
  tolerance: f64,
): i32 {
  const n = above + 1 + below;
  for (let i = 0; i < n; i++) setIndex(kinds, i, i < above ? LEFT : RIGHT);
  setIndex(survivors, 0, above);
  set(poles, 0, 0);
  set(weights, 0, z0);
  let count = 1, gone = 0;
  for (let k = 0; k < n - 1; k++) {
    const row = getIndex(merged, k);
    const weight = get(z, row);
    let pole = get(d, row);
    if (abs<f64>(weight) <= tolerance) {
      leave(row, gone++, d);
      continue;
    }
    if (count > 1 && pole - get(poles, count - 1) <= tolerance) {
      const previous = getIndex(survivors, count - 1), other = get(weights, count - 1);
      const both = sqrt<f64>(weight * weight + other * other);
      const c = weight / both, s = other / both;
      rotateRows<T>(n, ut + <usize>row * uStep, ut + <usize>previous * uStep, c, s);
      rotateRows<T>(wide, vt + <usize>row * vStep, vt + <usize>previous * vStep, c, s);
      if (getIndex(kinds, row) != getIndex(kinds, previous)) setIndex(kinds, row, DENSE);
      leave(previous, gone++, d);
      setIndex(survivors, count - 1, row);
      set(poles, count - 1, pole);
      set(weights, count - 1, both);
      continue;
    }
    // The middle row has the pole 0, which the next must not touch.
    pole = max<f64>(pole, 0.5 * tolerance);
    setIndex(survivors, count, row);
    set(poles, count, pole);
    set(weights, count, weight);
    count++;
  }
  for (let i = 0; i < count; i++) set(squares, i, get(weights, i) * get(weights, i));
  return count;
}

/** Adds a row to the `gone` in `leavers`, by ascending d: the place is at most a few before the last. */
function leave(row: i32, gone: i32, d: usize): void {
  const value = get(d, row);
  let at = gone;
  for (; at > 0 && get(d, getIndex(leavers, at - 1)) > value; at--) setIndex(leavers, at, getIndex(leavers, at - 1));
  setIndex(leavers, at, row);
}

/** Every root of the secular equation: `origins` and `roots`. */
function findRoots(count: i32, accuracy: f64): void {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += get(squares, i);
  for (let i = 0; i < count; i++) {
    secularRoot(count, i, poles, squares, total, gaps, accuracy);
    setIndex(origins, i, origin);
    set(roots, i, mu);
  }
}

/**
 * corrected := the z of which the computed roots are the exact ones (Löwner's formula), so that the vectors made from it
 * are orthogonal however close the roots lie.
 */
function correctWeights(count: i32): void {
  for (let k = 0; k < count; k++) set(corrected, k, 1);
  for (let i = 0; i < count; i++) {
    poleGaps(count, poles, get(poles, getIndex(origins, i)), gaps);
    const shift = get(roots, i);
    // Over the gap to pole i for later poles, to pole i + 1 for earlier ones; the last root stands alone.
    for (let k = 0; k < count; k++) {
      const pole = get(poles, k);
      let ratio = get(gaps, k) - shift;
      if (k > i) ratio /= (pole - get(poles, i)) * (pole + get(poles, i));
      else if (i < count - 1) ratio /= (pole - get(poles, i + 1)) * (pole + get(poles, i + 1));
      else ratio = -ratio;
      set(corrected, k, get(corrected, k) * ratio);
    }
  }
  for (let k = 0; k < count; k++) {
    const size = sqrt<f64>(abs<f64>(get(corrected, k)));
    set(corrected, k, get(weights, k) < 0 ? -size : size);
  }
}

/** √(d_origin² + mu) of root i. */
// @ts-ignore: decorator
@inline
function singularValue(i: i32): f64 {
  const pole = get(poles, getIndex(origins, i)), shift = get(roots, i);
  return pole + shift / (pole + sqrt<f64>(pole * pole + shift));
}

/**
 * The rows of X: row i of rightX is v_k = z_k / (d_k² − σ_i²), of leftX u_k = d_k·v_k with −1 for the middle row, both of
 * length 1. Columns are in the order of `groupPoles`, where the middle row is at `middle`.
 */
function formVectors<T>(count: i32, middle: i32): void {
  for (let i = 0; i < count; i++) {
    poleGaps(count, groupPoles, get(poles, getIndex(origins, i)), gaps);
    const shift = get(roots, i), shifts = f64x2.splat(shift);
    let lefts = f64x2.splat(0), rights = lefts;
    let k = 0;
    for (; k + 2 <= count; k += 2) {
      const at = <usize>k * 8;
      const v = f64x2.div(v128.load(groupWeights + at), f64x2.sub(v128.load(gaps + at), shifts));
      const u = f64x2.mul(v, v128.load(groupPoles + at));
      v128.store(vector + at, v);
      rights = f64x2.add(rights, f64x2.mul(v, v));
      lefts = f64x2.add(lefts, f64x2.mul(u, u));
    }
    let right = f64x2.extract_lane(rights, 0) + f64x2.extract_lane(rights, 1);
    let left = f64x2.extract_lane(lefts, 0) + f64x2.extract_lane(lefts, 1) + 1;
    if (k < count) {
      const v = get(groupWeights, k) / (get(gaps, k) - shift), u = v * get(groupPoles, k);
      set(vector, k, v);
      right += v * v;
      left += u * u;
    }
    right = 1 / sqrt<f64>(right);
    left = 1 / sqrt<f64>(left);
    const v = rightX + <usize>(i * count) * sizeof<T>(), u = leftX + <usize>(i * count) * sizeof<T>();
    for (let j = 0; j < count; j++) {
      const x = get(vector, j), at = <usize>j * sizeof<T>();
      store<T>(v + at, <T>(x * right));
      store<T>(u + at, <T>(x * get(groupPoles, j) * left));
    }
    store<T>(u + <usize>middle * sizeof<T>(), <T>(-left));
  }
}
