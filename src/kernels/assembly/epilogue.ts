// What follows a product, applied to a block of C that was just finished and is still in the cache. The register
// tile stays as it is: one more branch behind its loop makes V8 11 spill inside the loop.

import { lanes } from "./vector";

/** Adds a row vector to every row of C[rows, cols]. */
export function addRow<T>(c: usize, cStep: usize, rows: i32, cols: i32, row: usize): void {
  const whole = <usize>(cols & ~(lanes<T>() - 1)) * sizeof<T>();
  const end = <usize>cols * sizeof<T>();
  for (let i = 0; i < rows; i++) {
    let j: usize = 0;
    for (; j < whole; j += 16) v128.store(c + j, v128.add<T>(v128.load(c + j), v128.load(row + j)));
    for (; j < end; j += sizeof<T>()) store<T>(c + j, <T>(load<T>(c + j) + load<T>(row + j)));
    c += cStep;
  }
}
