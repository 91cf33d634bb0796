// In-place float32 maps over a staged chunk. Chunks are padded to whole vectors; the padding is never copied out.

import { exp, log, tanh, erf } from "./math";
import { sigmoid, silu, gelu, geluTanh } from "./wide";

const EXP = 0, LOG = 1, TANH = 2, SIGMOID = 3, ERF = 4, GELU = 5, GELU_TANH = 6, SILU = 7, RELU = 8, SQRT = 9, RSQRT = 10;

// `op` is a constant at every call, so that each exported function keeps one branch.
// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == EXP) return exp(x);
  if (op == LOG) return log(x);
  if (op == TANH) return tanh(x);
  if (op == SIGMOID) return sigmoid(x);
  if (op == ERF) return erf(x);
  if (op == GELU) return gelu(x);
  if (op == GELU_TANH) return geluTanh(x);
  if (op == SILU) return silu(x);
  if (op == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (op == SQRT) return f32x4.sqrt(x);
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
}

// @ts-ignore: decorator
@inline
function map(op: i32, at: usize, count: i32): void {
  const end = at + <usize>count * 4;
  for (; at < end; at += 16) v128.store(at, apply(op, v128.load(at)));
}

export function expF32(at: usize, count: i32): void { map(EXP, at, count); }
export function logF32(at: usize, count: i32): void { map(LOG, at, count); }
export function tanhF32(at: usize, count: i32): void { map(TANH, at, count); }
export function sigmoidF32(at: usize, count: i32): void { map(SIGMOID, at, count); }
export function erfF32(at: usize, count: i32): void { map(ERF, at, count); }
export function geluF32(at: usize, count: i32): void { map(GELU, at, count); }
export function geluTanhF32(at: usize, count: i32): void { map(GELU_TANH, at, count); }
export function siluF32(at: usize, count: i32): void { map(SILU, at, count); }
export function reluF32(at: usize, count: i32): void { map(RELU, at, count); }
export function sqrtF32(at: usize, count: i32): void { map(SQRT, at, count); }
export function rsqrtF32(at: usize, count: i32): void { map(RSQRT, at, count); }
