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

/** Columns, or transposed rows, that are turned together. */
export const TOGETHER: i32 = 6;

/**
 * Applies every bulge's reflectors, the leading bulge first, to six columns of the window's rows. Each reflector waits
 * for the one before it: six columns fill the processor meanwhile, and what is known early is added up first.
 */
function applyToSix(bulges: i32, records: usize, recordStep: usize, x: usize, bytes: usize): void {
  for (let b = 0; b < bulges; b++, records += recordStep) {
    const count = load<i32>(records, 4);
    const pair = load<i32>(records, 8);
    if (count + pair == 0) continue;
    let p = x + <usize>load<i32>(records) * bytes;
    let c = records + HEAD;
    let x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32);
    let y0 = v128.load(p + bytes), y1 = v128.load(p + bytes, 16), y2 = v128.load(p + bytes, 32);
    for (let i = 0; i < count; i++) {
      const z = p + 2 * bytes;
      const z0 = v128.load(z), z1 = v128.load(z, 16), z2 = v128.load(z, 32);
      let k = v128.load_splat<f64>(c, 16);
      let s0 = v128.mul<f64>(k, z0), s1 = v128.mul<f64>(k, z1), s2 = v128.mul<f64>(k, z2);
      k = v128.load_splat<f64>(c, 8);
      s0 = madd<f64>(k, y0, s0);
      s1 = madd<f64>(k, y1, s1);
      s2 = madd<f64>(k, y2, s2);
      k = v128.load_splat<f64>(c);
      s0 = madd<f64>(k, x0, s0);
      s1 = madd<f64>(k, x1, s1);
      s2 = madd<f64>(k, x2, s2);
      v128.store(p, v128.add<f64>(x0, s0));
      v128.store(p, v128.add<f64>(x1, s1), 16);
      v128.store(p, v128.add<f64>(x2, s2), 32);
      k = v128.load_splat<f64>(c, 24);
      x0 = madd<f64>(k, s0, y0);
      x1 = madd<f64>(k, s1, y1);
      x2 = madd<f64>(k, s2, y2);
      k = v128.load_splat<f64>(c, 32);
      y0 = madd<f64>(k, s0, z0);
      y1 = madd<f64>(k, s1, z1);
      y2 = madd<f64>(k, s2, z2);
      p += bytes;
      c += REFLECTOR;
    }
    if (pair) {
      let k = v128.load_splat<f64>(c, 8);
      let s0 = v128.mul<f64>(k, y0), s1 = v128.mul<f64>(k, y1), s2 = v128.mul<f64>(k, y2);
      k = v128.load_splat<f64>(c);
      s0 = madd<f64>(k, x0, s0);
      s1 = madd<f64>(k, x1, s1);
      s2 = madd<f64>(k, x2, s2);
      x0 = v128.add<f64>(x0, s0);
      x1 = v128.add<f64>(x1, s1);
      x2 = v128.add<f64>(x2, s2);
      k = v128.load_splat<f64>(c, 24);
      y0 = madd<f64>(k, s0, y0);
      y1 = madd<f64>(k, s1, y1);
      y2 = madd<f64>(k, s2, y2);
    }
    v128.store(p, x0);
    v128.store(p, x1, 16);
    v128.store(p, x2, 32);
    v128.store(p + bytes, y0);
    v128.store(p + bytes, y1, 16);
    v128.store(p + bytes, y2, 32);
  }
}

/** Turns w rows along `columns` elements. `scratch` holds TOGETHER·w. */
export function chainRows(
  bulges: i32, records: usize, recordStep: usize, w: i32, columns: i32, x: usize, step: i32, scratch: usize,
): void {
  let j = 0;
  for (; j + TOGETHER <= columns; j += TOGETHER, x += 8 * TOGETHER) {
    applyToSix(bulges, records, recordStep, x, <usize>step << 3);
  }
  const rest = <usize>max(columns - j, 0) << 3;
  if (rest == 0) return;
  for (let i = 0; i < w; i++) memory.copy(at(scratch, TOGETHER, i, 0), at(x, step, i, 0), rest);
  applyToSix(bulges, records, recordStep, scratch, 8 * TOGETHER);
  for (let i = 0; i < w; i++) memory.copy(at(x, step, i, 0), at(scratch, TOGETHER, i, 0), rest);
}

/** Turns w columns along `rows` rows: six rows at a time, transposed. Rows behind the last one repeat it. */
export function chainColumns(
  bulges: i32, records: usize, recordStep: usize, w: i32, rows: i32, x: usize, step: i32, scratch: usize,
): void {
  for (let i = 0; i < rows; i += TOGETHER) {
    for (let r = 0; r < TOGETHER; r += 2) {
      const a = at(x, step, min(i + r, rows - 1), 0), b = at(x, step, min(i + r + 1, rows - 1), 0);
      const to = scratch + (<usize>r << 3);
      let j = 0;
      for (; j + 2 <= w; j += 2) {
        const p = <usize>j << 3, u = v128.load(a + p), v = v128.load(b + p);
        v128.store(at(to, TOGETHER, j, 0), v128.shuffle<f64>(u, v, 0, 2));
        v128.store(at(to, TOGETHER, j + 1, 0), v128.shuffle<f64>(u, v, 1, 3));
      }
      if (j < w) {
        setItem(to, TOGETHER * j, item(a, j));
        setItem(to, TOGETHER * j + 1, item(b, j));
      }
    }
    applyToSix(bulges, records, recordStep, scratch, 8 * TOGETHER);
    for (let r = 0; r < TOGETHER; r += 2) {
      const a = at(x, step, min(i + r, rows - 1), 0), b = at(x, step, min(i + r + 1, rows - 1), 0);
      const from = scratch + (<usize>r << 3);
      let j = 0;
      for (; j + 2 <= w; j += 2) {
        const p = <usize>j << 3;
        const u = v128.load(at(from, TOGETHER, j, 0)), v = v128.load(at(from, TOGETHER, j + 1, 0));
        v128.store(a + p, v128.shuffle<f64>(u, v, 0, 2));
        v128.store(b + p, v128.shuffle<f64>(u, v, 1, 3));
      }
      if (j < w) {
        setItem(a, j, item(from, TOGETHER * j));
        setItem(b, j, item(from, TOGETHER * j + 1));
      }
    }
  }
}
