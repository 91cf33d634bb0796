// Packing: strided blocks of A and B become the panels that `tile` streams through. Strides are in elements
// of T and may be zero or negative. Panels are padded with zeros; the padded lanes are never copied out.

import { lanes } from "./vector";
import { MR, MR_LOW, NR, rowsInFives } from "./tile";

/** A[rows, k] → panels [k][5] for as many rows as `rowsInFives` says, then panels [k][4]. */
export function packA<T>(a: usize, rowStride: i32, colStride: i32, rows: i32, k: i32, out: usize): void {
  const rs = <usize>rowStride * sizeof<T>();
  const cs = <usize>colStride * sizeof<T>();
  const fives = rowsInFives(rows);
  let i = 0;
  for (; i < fives; i += MR) {
    packPanel<T>(MR, a + <usize>i * rs, rs, cs, k, out);
    out += <usize>k * (MR * sizeof<T>());
  }
  for (; i < rows; i += MR_LOW) {
    const s = a + <usize>i * rs;
    if (i + MR_LOW > rows) packAEdge<T>(s, rs, cs, rows - i, k, out);
    else packPanel<T>(MR_LOW, s, rs, cs, k, out);
    out += <usize>k * (MR_LOW * sizeof<T>());
  }
}

/** A panel of MR or MR_LOW rows; which of them is known when compiling, here and below. */
// @ts-ignore: decorator
@inline
function packPanel<T>(height: i32, s: usize, rs: usize, cs: usize, k: i32, out: usize): void {
  const step = lanes<T>();
  const column = <usize>height * sizeof<T>();
  let p = 0;
  if (cs == sizeof<T>()) {
    // Contiguous rows: four are transposed in registers, the fifth is scattered.
    for (; p + step <= k; p += step) {
      transpose<T>(s, rs, out, column);
      if (sizeof<T>() == 8) transpose<T>(s + 2 * rs, rs, out + 16, column);
      if (height == MR) {
        const x = v128.load(s + 4 * rs);
        v128.store_lane<T>(out, x, 0, 4 * sizeof<T>());
        v128.store_lane<T>(out, x, 1, 9 * sizeof<T>());
        if (sizeof<T>() == 4) {
          v128.store_lane<T>(out, x, 2, 14 * sizeof<T>());
          v128.store_lane<T>(out, x, 3, 19 * sizeof<T>());
        }
      }
      s += 16;
      out += <usize>step * column;
    }
  } else if (rs == sizeof<T>()) {
    // Neighbouring rows (A = Wᵀ): one or two vectors a column.
    for (; p < k; p++) {
      v128.store(out, v128.load(s));
      if (sizeof<T>() == 8) v128.store(out, v128.load(s, 16), 16);
      if (height == MR) store<T>(out, load<T>(s, 4 * sizeof<T>()), 4 * sizeof<T>());
      s += cs;
      out += column;
    }
  }
  const r2 = rs + rs, r3 = r2 + rs, r4 = r3 + rs;
  for (; p < k; p++) {
    store<T>(out, load<T>(s));
    store<T>(out, load<T>(s + rs), sizeof<T>());
    store<T>(out, load<T>(s + r2), 2 * sizeof<T>());
    store<T>(out, load<T>(s + r3), 3 * sizeof<T>());
    if (height == MR) store<T>(out, load<T>(s + r4), 4 * sizeof<T>());
    s += cs;
    out += column;
  }
}

/** The last panel of a matrix of so few rows that fives and fours do not add up. */
function packAEdge<T>(s: usize, rs: usize, cs: usize, rows: i32, k: i32, out: usize): void {
  memory.fill(out, 0, <usize>k * (MR_LOW * sizeof<T>()));
  for (let r = 0; r < rows; r++) {
    let from = s;
    let to = out;
    for (let p = 0; p < k; p++) {
      store<T>(to, load<T>(from));
      from += cs;
      to += MR_LOW * sizeof<T>();
    }
    s += rs;
    out += sizeof<T>();
  }
}

/** B[k, cols] → panels [ceil(cols/NR)][k][NR], `panel` bytes apart. */
export function packB<T>(
  b: usize, rowStride: i32, colStride: i32, k: i32, cols: i32, out: usize, panel: usize,
): void {
  const rs = <usize>rowStride * sizeof<T>();
  const cs = <usize>colStride * sizeof<T>();
  for (let j = 0; j < cols; j += NR<T>()) {
    const s = b + <usize>j * cs;
    if (j + NR<T>() > cols) packBEdge<T>(s, rs, cs, k, cols - j, out);
    else if (colStride == 1) packBRows<T>(s, rs, k, out);
    else if (rowStride == 1) packBTransposed<T>(s, cs, k, out);
    else packBEdge<T>(s, rs, cs, k, NR<T>(), out);
    out += panel;
  }
}

/** A panel whose rows are contiguous: two vectors a row. */
// @ts-ignore: decorator
@inline
function packBRows<T>(s: usize, rs: usize, k: i32, out: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(out, v128.load(s));
    v128.store(out, v128.load(s, 16), 16);
    s += rs;
    out += 32;
  }
}

/** A panel whose columns are contiguous (B = Wᵀ): blocks of lanes × lanes are transposed in registers. */
// @ts-ignore: decorator
@inline
function packBTransposed<T>(s: usize, cs: usize, k: i32, out: usize): void {
  const step = lanes<T>();
  let p = 0;
  for (; p + step <= k; p += step) {
    transpose<T>(s, cs, out, 32);
    transpose<T>(s + <usize>step * cs, cs, out + 16, 32);
    s += 16;
    out += <usize>step * 32;
  }
  for (; p < k; p++) {
    for (let c = 0; c < NR<T>(); c++) store<T>(out + <usize>c * sizeof<T>(), load<T>(s + <usize>c * cs));
    s += sizeof<T>();
    out += 32;
  }
}

/** lanes lines of lanes contiguous elements, `from` bytes apart → their columns, `to` bytes apart. */
// @ts-ignore: decorator
@inline
function transpose<T>(s: usize, from: usize, out: usize, to: usize): void {
  if (sizeof<T>() == 4) {
    const x0 = v128.load(s), x1 = v128.load(s + from);
    const x2 = v128.load(s + from + from), x3 = v128.load(s + from + from + from);
    const t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(t0, t2, 0, 2));
    v128.store(out + to, v128.shuffle<f64>(t0, t2, 1, 3));
    v128.store(out + 2 * to, v128.shuffle<f64>(t1, t3, 0, 2));
    v128.store(out + 3 * to, v128.shuffle<f64>(t1, t3, 1, 3));
  } else {
    const x0 = v128.load(s), x1 = v128.load(s + from);
    v128.store(out, v128.shuffle<f64>(x0, x1, 0, 2));
    v128.store(out + to, v128.shuffle<f64>(x0, x1, 1, 3));
  }
}

/** Any strides, and the last panel of a matrix. */
function packBEdge<T>(s: usize, rs: usize, cs: usize, k: i32, cols: i32, out: usize): void {
  for (let p = 0; p < k; p++) {
    for (let c = 0; c < NR<T>(); c++) {
      store<T>(out + <usize>c * sizeof<T>(), c < cols ? load<T>(s + <usize>c * cs) : <T>0);
    }
    s += rs;
    out += 32;
  }
}
