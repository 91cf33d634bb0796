// y[rows] (+)= M[rows, k]·x[k], unpacked: a matrix-vector product reads each element of M once.
// x and y are contiguous; strides are in elements. M is stored as S: as T, or as halves (half.ts says how), which are
// widened on the way into the registers, so that they are summed as their float32 values would be.

import { loadElement, loadVector } from "./half";
import { madd, lanes, sumLanes } from "./vector";

/** M by rows: contiguous along k, four dot products at a time. */
export function gemvRows<T, S = T>(
  rows: i32, k: i32, mat: usize, rowStride: i32, x: usize, y: usize, accumulate: bool,
): void {
  const rs = <usize>rowStride * sizeof<S>();
  const narrower: usize = sizeof<T>() / sizeof<S>();
  const whole = <usize>(k & ~(lanes<T>() - 1)) * sizeof<T>();
  const end = <usize>k * sizeof<T>();
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const m0 = mat, m1 = mat + rs, m2 = m1 + rs, m3 = m2 + rs;
    let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
    let p: usize = 0;
    for (; p < whole; p += 16) {
      const v = v128.load(x + p);
      s0 = madd<T>(loadVector<T, S>(m0 + p / narrower), v, s0);
      s1 = madd<T>(loadVector<T, S>(m1 + p / narrower), v, s1);
      s2 = madd<T>(loadVector<T, S>(m2 + p / narrower), v, s2);
      s3 = madd<T>(loadVector<T, S>(m3 + p / narrower), v, s3);
    }
    let t0 = sumLanes<T>(s0), t1 = sumLanes<T>(s1), t2 = sumLanes<T>(s2), t3 = sumLanes<T>(s3);
    for (; p < end; p += sizeof<T>()) {
      const v = load<T>(x + p);
      t0 = <T>(t0 + loadElement<T, S>(m0 + p / narrower) * v);
      t1 = <T>(t1 + loadElement<T, S>(m1 + p / narrower) * v);
      t2 = <T>(t2 + loadElement<T, S>(m2 + p / narrower) * v);
      t3 = <T>(t3 + loadElement<T, S>(m3 + p / narrower) * v);
    }
    if (accumulate) {
      t0 = <T>(t0 + load<T>(y));
      t1 = <T>(t1 + load<T>(y, sizeof<T>()));
      t2 = <T>(t2 + load<T>(y, 2 * sizeof<T>()));
      t3 = <T>(t3 + load<T>(y, 3 * sizeof<T>()));
    }
    store<T>(y, t0);
    store<T>(y, t1, sizeof<T>());
    store<T>(y, t2, 2 * sizeof<T>());
    store<T>(y, t3, 3 * sizeof<T>());
    mat = m3 + rs;
    y += 4 * sizeof<T>();
  }
  for (; i < rows; i++) {
    let s0 = v128.splat<T>(0);
    let p: usize = 0;
    for (; p < whole; p += 16) s0 = madd<T>(loadVector<T, S>(mat + p / narrower), v128.load(x + p), s0);
    let t0 = sumLanes<T>(s0);
    for (; p < end; p += sizeof<T>()) t0 = <T>(t0 + loadElement<T, S>(mat + p / narrower) * load<T>(x + p));
    store<T>(y, accumulate ? <T>(t0 + load<T>(y)) : t0);
    mat += rs;
    y += sizeof<T>();
  }
}

/** M by columns: contiguous along the rows, so y gathers four scaled columns a pass. */
export function gemvColumns<T, S = T>(
  rows: i32, k: i32, mat: usize, colStride: i32, x: usize, y: usize, accumulate: bool,
): void {
  const cs = <usize>colStride * sizeof<S>();
  const narrower: usize = sizeof<T>() / sizeof<S>();
  const whole = <usize>(rows & ~(lanes<T>() - 1)) * sizeof<T>();
  const end = <usize>rows * sizeof<T>();
  if (!accumulate) memory.fill(y, 0, end);
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const m0 = mat, m1 = mat + cs, m2 = m1 + cs, m3 = m2 + cs;
    const x0 = load<T>(x), x1 = load<T>(x, sizeof<T>());
    const x2 = load<T>(x, 2 * sizeof<T>()), x3 = load<T>(x, 3 * sizeof<T>());
    const v0 = v128.splat<T>(x0), v1 = v128.splat<T>(x1), v2 = v128.splat<T>(x2), v3 = v128.splat<T>(x3);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      let s = madd<T>(loadVector<T, S>(m0 + i / narrower), v0, v128.load(y + i));
      let t = v128.mul<T>(loadVector<T, S>(m2 + i / narrower), v2);
      s = madd<T>(loadVector<T, S>(m1 + i / narrower), v1, s);
      t = madd<T>(loadVector<T, S>(m3 + i / narrower), v3, t);
      v128.store(y + i, v128.add<T>(s, t));
    }
    for (; i < end; i += sizeof<T>()) {
      const s = <T>(loadElement<T, S>(m0 + i / narrower) * x0 + loadElement<T, S>(m1 + i / narrower) * x1);
      const t = <T>(loadElement<T, S>(m2 + i / narrower) * x2 + loadElement<T, S>(m3 + i / narrower) * x3);
      store<T>(y + i, <T>(load<T>(y + i) + (s + t)));
    }
    mat = m3 + cs;
    x += 4 * sizeof<T>();
  }
  for (; p < k; p++) {
    const x0 = load<T>(x);
    const v0 = v128.splat<T>(x0);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(y + i, madd<T>(loadVector<T, S>(mat + i / narrower), v0, v128.load(y + i)));
    for (; i < end; i += sizeof<T>()) store<T>(y + i, <T>(load<T>(y + i) + loadElement<T, S>(mat + i / narrower) * x0));
    mat += cs;
    x += sizeof<T>();
  }
}

/** The dot product of two vectors: four sums, so that none waits for itself. */
export function dot<T>(k: i32, a: usize, b: usize): T {
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
  const end = a + <usize>k * sizeof<T>();
  for (; a + 64 <= end; a += 64) {
    s0 = madd<T>(v128.load(a), v128.load(b), s0);
    s1 = madd<T>(v128.load(a, 16), v128.load(b, 16), s1);
    s2 = madd<T>(v128.load(a, 32), v128.load(b, 32), s2);
    s3 = madd<T>(v128.load(a, 48), v128.load(b, 48), s3);
    b += 64;
  }
  let sum = sumLanes<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  for (; a < end; a += sizeof<T>()) {
    sum = <T>(sum + load<T>(a) * load<T>(b));
    b += sizeof<T>();
  }
  return sum;
}
