// The reflectors of a chain of bulges, applied to rows that no sweep looks at. Those of one bulge follow each other down
// the rows: two rows stay in registers while the next one is loaded, so that a reflector costs one load and one store.
// This does less than half of the arithmetic of a product with the accumulated orthogonal matrix.

import { madd } from "../../vector";
import { at, item, setItem } from "./element";

/** Bytes of a bulge's record: its first row in the window, its reflectors, and whether one of two rows ends them. */
const HEAD: usize = 16;
/** −τ, −τv, −τw, v and w of a reflector. */
const REFLECTOR: usize = 40;

/** Bytes of one bulge's record for up to `most` reflectors. */
// @ts-ignore: decorator
@inline
export function recordBytes(most: i32): usize {
  return HEAD + <usize>most * REFLECTOR + 8;
}

// @ts-ignore: decorator
@inline
export function startRecord(record: usize): void {
  store<i32>(record, 0, 4);
  store<i32>(record, 0, 8);
}

/** Adds a reflector on three rows, or two when it is the last, from `row` of the window on. */
export function addReflector(record: usize, row: i32, rows: i32, tau: f64, v: f64, w: f64): void {
  const count = load<i32>(record, 4);
  if (count == 0 && load<i32>(record, 8) == 0) store<i32>(record, row);
  const place = record + HEAD + <usize>count * REFLECTOR;
  setItem(place, 0, -tau);
  setItem(place, 1, -tau * v);
  setItem(place, 2, -tau * w);
  setItem(place, 3, v);
  setItem(place, 4, w);
  if (rows == 3) store<i32>(record, count + 1, 4);
  else store<i32>(record, 1, 8);
}

/** Applies every bulge's reflectors, the leading bulge first, to four columns of the window's rows. */
function applyToFour(bulges: i32, records: usize, recordStep: usize, x: usize, bytes: usize): void {
  for (let b = 0; b < bulges; b++, records += recordStep) {
    const count = load<i32>(records, 4);
    const pair = load<i32>(records, 8);
    if (count + pair == 0) continue;
    let p = x + <usize>load<i32>(records) * bytes;
    let c = records + HEAD;
    let x0 = v128.load(p), x1 = v128.load(p, 16);
    let y0 = v128.load(p + bytes), y1 = v128.load(p + bytes, 16);
    for (let i = 0; i < count; i++) {
      const z = p + 2 * bytes;
      const z0 = v128.load(z), z1 = v128.load(z, 16);
      let k = v128.load_splat<f64>(c);
      let s0 = v128.mul<f64>(k, x0), s1 = v128.mul<f64>(k, x1);
      k = v128.load_splat<f64>(c, 8);
      s0 = madd<f64>(k, y0, s0);
      s1 = madd<f64>(k, y1, s1);
      k = v128.load_splat<f64>(c, 16);
      s0 = madd<f64>(k, z0, s0);
      s1 = madd<f64>(k, z1, s1);
      v128.store(p, v128.add<f64>(x0, s0));
      v128.store(p, v128.add<f64>(x1, s1), 16);
      k = v128.load_splat<f64>(c, 24);
      x0 = madd<f64>(k, s0, y0);
      x1 = madd<f64>(k, s1, y1);
      k = v128.load_splat<f64>(c, 32);
      y0 = madd<f64>(k, s0, z0);
      y1 = madd<f64>(k, s1, z1);
      p += bytes;
      c += REFLECTOR;
    }
    if (pair) {
      let k = v128.load_splat<f64>(c);
      let s0 = v128.mul<f64>(k, x0), s1 = v128.mul<f64>(k, x1);
      k = v128.load_splat<f64>(c, 8);
      s0 = madd<f64>(k, y0, s0);
      s1 = madd<f64>(k, y1, s1);
      x0 = v128.add<f64>(x0, s0);
      x1 = v128.add<f64>(x1, s1);
      k = v128.load_splat<f64>(c, 24);
      y0 = madd<f64>(k, s0, y0);
      y1 = madd<f64>(k, s1, y1);
    }
    v128.store(p, x0);
    v128.store(p, x1, 16);
    v128.store(p + bytes, y0);
    v128.store(p + bytes, y1, 16);
  }
}

/** Turns w rows along `columns` elements. `scratch` holds 4·w. */
export function chainRows(
  bulges: i32, records: usize, recordStep: usize, w: i32, columns: i32, x: usize, step: i32, scratch: usize,
): void {
  let j = 0;
  for (; j + 4 <= columns; j += 4, x += 32) applyToFour(bulges, records, recordStep, x, <usize>step << 3);
  const rest = <usize>max(columns - j, 0) << 3;
  if (rest == 0) return;
  for (let i = 0; i < w; i++) memory.copy(at(scratch, 4, i, 0), at(x, step, i, 0), rest);
  applyToFour(bulges, records, recordStep, scratch, 32);
  for (let i = 0; i < w; i++) memory.copy(at(x, step, i, 0), at(scratch, 4, i, 0), rest);
}

/** Turns w columns along `rows` rows: four rows at a time, transposed. */
export function chainColumns(
  bulges: i32, records: usize, recordStep: usize, w: i32, rows: i32, x: usize, step: i32, scratch: usize,
): void {
  const bytes = <usize>step << 3;
  for (let i = 0; i < rows; i += 4) {
    const r0 = x + <usize>i * bytes;
    // Rows behind the last one repeat it; what they become is dropped.
    const r1 = i + 1 < rows ? r0 + bytes : r0;
    const r2 = i + 2 < rows ? r1 + bytes : r1;
    const r3 = i + 3 < rows ? r2 + bytes : r2;
    let j = 0;
    for (; j + 2 <= w; j += 2) {
      const p = <usize>j << 3;
      const a = v128.load(r0 + p), b = v128.load(r1 + p), c = v128.load(r2 + p), d = v128.load(r3 + p);
      const to = scratch + (p << 2);
      v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(to, v128.shuffle<f64>(c, d, 0, 2), 16);
      v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 32);
      v128.store(to, v128.shuffle<f64>(c, d, 1, 3), 48);
    }
    for (; j < w; j++) {
      setItem(scratch, 4 * j, item(r0, j));
      setItem(scratch, 4 * j + 1, item(r1, j));
      setItem(scratch, 4 * j + 2, item(r2, j));
      setItem(scratch, 4 * j + 3, item(r3, j));
    }
    applyToFour(bulges, records, recordStep, scratch, 32);
    j = 0;
    for (; j + 2 <= w; j += 2) {
      const p = <usize>j << 3;
      const from = scratch + (p << 2);
      const a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 16), d = v128.load(from, 48);
      v128.store(r3 + p, v128.shuffle<f64>(c, d, 1, 3));
      v128.store(r2 + p, v128.shuffle<f64>(c, d, 0, 2));
      v128.store(r1 + p, v128.shuffle<f64>(a, b, 1, 3));
      v128.store(r0 + p, v128.shuffle<f64>(a, b, 0, 2));
    }
    for (; j < w; j++) {
      setItem(r3, j, item(scratch, 4 * j + 3));
      setItem(r2, j, item(scratch, 4 * j + 2));
      setItem(r1, j, item(scratch, 4 * j + 1));
      setItem(r0, j, item(scratch, 4 * j));
    }
  }
}
