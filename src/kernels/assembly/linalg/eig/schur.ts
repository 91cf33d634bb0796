// The real Schur form H = Z T Zᵀ of a Hessenberg matrix.
import { at } from "./element";
import { francis } from "./francis";

/** Bytes of scratch for `schur`. */
export function schurScratch(n: i32): usize {
  return 0;
}

export function schur(
  n: i32, low: i32, high: i32, vectors: bool, h: usize, step: i32, zt: usize, wr: usize, wi: usize, scratch: usize,
): i32 {
  return francis(low, high, vectors, 0, n, h, step, zt, step, vectors ? n : 0, wr, wi);
}
