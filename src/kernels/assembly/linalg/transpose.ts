// Row-major matrices, transposed: blocks that fill whole cache lines, of tiles that turn in registers.

import { lanes } from "../vector";

/** Rows of a block: a cache line of f32, two of f64. */
const BLOCK: i32 = 16;

/** to[j, i] = from[i, j] for from[m, n]; strides of rows in elements. The two do not overlap. */
export function transpose<T>(m: i32, n: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  const step = lanes<T>();
  const fromStep = <usize>fromRow * sizeof<T>(), toStep = <usize>toRow * sizeof<T>();
  const wholeRows = m - (m % step), wholeColumns = n - (n % step);
  for (let block = 0; block < wholeRows; block += BLOCK) {
    const end = min(wholeRows, block + BLOCK);
    for (let j = 0; j < wholeColumns; j += step) {
      const source = from + <usize>j * sizeof<T>(), target = to + <usize>j * toStep;
      for (let i = block; i < end; i += step) {
        transposeTile<T>(source + <usize>i * fromStep, fromStep, target + <usize>i * sizeof<T>(), toStep);
      }
    }
  }
  for (let i = 0; i < m; i++) {
    for (let j = i < wholeRows ? wholeColumns : 0; j < n; j++) {
      const value = load<T>(from + <usize>i * fromStep + <usize>j * sizeof<T>());
      store<T>(to + <usize>j * toStep + <usize>i * sizeof<T>(), value);
    }
  }
}

/** One tile of lanes × lanes. Steps in bytes. */
// @ts-ignore: decorator
@inline
function transposeTile<T>(s: usize, step: usize, out: usize, outStep: usize): void {
  if (sizeof<T>() == 4) {
    const s2 = s + step + step, out2 = out + outStep + outStep;
    const x0 = v128.load(s), x1 = v128.load(s + step), x2 = v128.load(s2), x3 = v128.load(s2 + step);
    const t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(t0, t2, 0, 2));
    v128.store(out + outStep, v128.shuffle<f64>(t0, t2, 1, 3));
    v128.store(out2, v128.shuffle<f64>(t1, t3, 0, 2));
    v128.store(out2 + outStep, v128.shuffle<f64>(t1, t3, 1, 3));
  } else {
    const x0 = v128.load(s), x1 = v128.load(s + step);
    v128.store(out, v128.shuffle<f64>(x0, x1, 0, 2));
    v128.store(out + outStep, v128.shuffle<f64>(x0, x1, 1, 3));
  }
}
