// In-place float32 maps over a staged chunk. Chunks are padded to 64 bytes; the padding is never copied out.

import { exp, expNear, EXP_NEAR, log, tanh, erf } from "./math";
import { sigmoid, silu, gelu, geluNear, geluTanh, GELU_NEAR } from "./wide";

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

/** A cheaper form of `op` for lanes whose magnitude is at most `nearLimit(op)`. */
// @ts-ignore: decorator
@inline
function applyNear(op: i32, x: v128): v128 {
  if (op == EXP) return expNear(x);
  if (op == GELU) return geluNear(x);
  return apply(op, x);
}

/** The address of the limit; 0 where there is one form only. */
// @ts-ignore: decorator
@inline
function nearLimit(op: i32): usize {
  return op == EXP ? EXP_NEAR : op == GELU ? GELU_NEAR : 0;
}

/** Whether all lanes are within the limit; a NaN is not. */
// @ts-ignore: decorator
@inline
function allNear(op: i32, x0: v128, x1: v128, x2: v128, x3: v128): bool {
  if (!nearLimit(op)) return true;
  const largest = f32x4.pmax(
    f32x4.pmax(f32x4.abs(x0), f32x4.abs(x1)),
    f32x4.pmax(f32x4.abs(x2), f32x4.abs(x3)),
  );
  return i32x4.bitmask(f32x4.le(largest, v128.load32_splat(nearLimit(op)))) == 15;
}

/** Four vectors at a time: they share the loads of every constant, and their chains of operations overlap. */
// @ts-ignore: decorator
@inline
function map(op: i32, at: usize, count: i32): void {
  const end = at + <usize>count * 4;
  for (; at < end; at += 64) {
    const x0 = v128.load(at), x1 = v128.load(at, 16), x2 = v128.load(at, 32), x3 = v128.load(at, 48);
    if (allNear(op, x0, x1, x2, x3)) {
      const y0 = applyNear(op, x0), y1 = applyNear(op, x1);
      if (op == GELU) { // its two chains per float64 vector fill the registers
        v128.store(at, y0);
        v128.store(at, y1, 16);
      }
      const y2 = applyNear(op, x2), y3 = applyNear(op, x3);
      if (op != GELU) {
        v128.store(at, y0);
        v128.store(at, y1, 16);
      }
      v128.store(at, y2, 32);
      v128.store(at, y3, 48);
    } else {
      // gelu's general form costs three times as much: one far lane takes its own vector along, not all four.
      for (let i: usize = 0; i < 64; i += 16) {
        const x = v128.load(at + i);
        v128.store(at + i, op == GELU && allNear(op, x, x, x, x) ? applyNear(op, x) : apply(op, x));
      }
    }
  }
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
