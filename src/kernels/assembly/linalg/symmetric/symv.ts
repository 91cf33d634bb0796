// y := A·x for a symmetric A of which only the upper triangle is read: every element is loaded once and used twice.

import { madd, lanes, sumLanes } from "../../vector";

// @ts-ignore: decorator
@inline
function at<T>(row: usize, column: i32): T {
  return load<T>(row + <usize>column * sizeof<T>());
}

/**
 * y[m] := A·x for A[m, m] with rows aRow elements apart, read on and right of the diagonal. Up to one vector past the
 * last element of every row, of x and of y is touched: those of A and x must hold zeros, and y gets zeros there.
 */
export function symvUpper<T>(m: i32, a: usize, aRow: i32, x: usize, y: usize): void {
  const step = <usize>aRow * sizeof<T>(), size = sizeof<T>();
  const end = <usize>m * size;
  memory.fill(y, 0, <usize>((m + lanes<T>() - 1) & ~(lanes<T>() - 1)) * size);
  let r = 0;
  for (; r + 4 <= m; r += 4) {
    const from = <usize>r * size;
    const a0 = a + <usize>r * step, a1 = a0 + step, a2 = a1 + step, a3 = a2 + step;
    const x0 = load<T>(x + from), x1 = load<T>(x + from, size);
    const x2 = load<T>(x + from, 2 * size), x3 = load<T>(x + from, 3 * size);
    const v0 = v128.splat<T>(x0), v1 = v128.splat<T>(x1), v2 = v128.splat<T>(x2), v3 = v128.splat<T>(x3);
    let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
    for (let p = from + 4 * size; p < end; p += 16) {
      const xs = v128.load(x + p);
      let row = v128.load(a0 + p);
      let ys = madd<T>(row, v0, v128.load(y + p));
      s0 = madd<T>(row, xs, s0);
      row = v128.load(a1 + p);
      ys = madd<T>(row, v1, ys);
      s1 = madd<T>(row, xs, s1);
      row = v128.load(a2 + p);
      ys = madd<T>(row, v2, ys);
      s2 = madd<T>(row, xs, s2);
      row = v128.load(a3 + p);
      ys = madd<T>(row, v3, ys);
      s3 = madd<T>(row, xs, s3);
      v128.store(y + p, ys);
    }
    // The triangle of 4 on the diagonal.
    const b01 = at<T>(a0, r + 1), b02 = at<T>(a0, r + 2), b03 = at<T>(a0, r + 3);
    const b12 = at<T>(a1, r + 2), b13 = at<T>(a1, r + 3), b23 = at<T>(a2, r + 3);
    const t0 = <T>(at<T>(a0, r) * x0 + b01 * x1 + (b02 * x2 + b03 * x3));
    const t1 = <T>(b01 * x0 + at<T>(a1, r + 1) * x1 + (b12 * x2 + b13 * x3));
    const t2 = <T>(b02 * x0 + b12 * x1 + (at<T>(a2, r + 2) * x2 + b23 * x3));
    const t3 = <T>(b03 * x0 + b13 * x1 + (b23 * x2 + at<T>(a3, r + 3) * x3));
    const to = y + from;
    store<T>(to, <T>(load<T>(to) + (sumLanes<T>(s0) + t0)));
    store<T>(to, <T>(load<T>(to, size) + (sumLanes<T>(s1) + t1)), size);
    store<T>(to, <T>(load<T>(to, 2 * size) + (sumLanes<T>(s2) + t2)), 2 * size);
    store<T>(to, <T>(load<T>(to, 3 * size) + (sumLanes<T>(s3) + t3)), 3 * size);
  }
  for (let i = r; i < m; i++) {
    const row = a + <usize>i * step;
    let total = at<T>(y, i);
    for (let j = r; j < m; j++) {
      const element = j < i ? at<T>(a + <usize>j * step, i) : at<T>(row, j);
      total = <T>(total + element * at<T>(x, j));
    }
    store<T>(y + <usize>i * size, total);
  }
}
