// An orthogonal W, found on a window of rows and columns, carried to the rest of the matrix by products of matrices.

import { gemm } from "../../gemm";
import { at } from "./element";

/** x ← Wᵀ x for the rows of a window: x [w, columns], rows `step` apart; `wt` is Wᵀ. `product` holds w·columns. */
export function turnRows(
  w: i32, columns: i32, wt: usize, wStep: i32, x: usize, step: i32, product: usize, scratch: usize,
): void {
  if (columns <= 0) return;
  gemm<f64>(1, w, columns, w, wt, 0, wStep, 1, x, 0, step, 1, product, false, 0, scratch);
  copyBlock(w, columns, product, columns, x, step);
}

/** x ← x W for the columns of a window: x [rows, w]. `product` holds rows·w. */
export function turnColumns(
  rows: i32, w: i32, wt: usize, wStep: i32, x: usize, step: i32, product: usize, scratch: usize,
): void {
  if (rows <= 0) return;
  gemm<f64>(1, rows, w, w, x, 0, step, 1, wt, 0, 1, wStep, product, false, 0, scratch);
  copyBlock(rows, w, product, w, x, step);
}

export function copyBlock(rows: i32, columns: i32, from: usize, fromStep: i32, to: usize, toStep: i32): void {
  for (let i = 0; i < rows; i++) memory.copy(at(to, toStep, i, 0), at(from, fromStep, i, 0), <usize>columns << 3);
}

/** W ← I. */
export function setIdentity(w: i32, x: usize, step: i32): void {
  memory.fill(x, 0, <usize>(w * step) << 3);
  for (let i = 0; i < w; i++) store<f64>(at(x, step, i, i), 1);
}
