// Coefficients in tables of memory, and Horner's steps over them, in lanes of T: V8 builds a v128 constant from four
// instructions, and loads one with a single splat.

import { madd } from "./vector";

/** Entry i of a table of T, in every lane. */
// @ts-ignore: decorator
@inline
export function entry<T>(table: usize, i: usize): v128 {
  return v128.load_splat<T>(table + sizeof<T>() * i);
}

/** One Horner step: p·x + table[i]. */
// @ts-ignore: decorator
@inline
export function horner<T>(p: v128, x: v128, table: usize, i: usize): v128 {
  return madd<T>(p, x, entry<T>(table, i));
}
