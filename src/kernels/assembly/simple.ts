// Maps of one instruction or a few, in place, for both float types.

const ABS = 0, NEG = 1, SQUARE = 2, RECIPROCAL = 3, FLOOR = 4, CEIL = 5, ROUND = 6, SIGN = 7;

// @ts-ignore: decorator
@inline
function apply<T>(op: i32, x: v128): v128 {
  if (op == ABS) return v128.abs<T>(x);
  if (op == NEG) return v128.neg<T>(x);
  if (op == SQUARE) return v128.mul<T>(x, x);
  if (op == RECIPROCAL) return v128.div<T>(v128.splat<T>(<T>1), x);
  if (op == FLOOR) return v128.floor<T>(x);
  if (op == CEIL) return v128.ceil<T>(x);
  if (op == ROUND) return v128.nearest<T>(x);
  // 1 with the sign of x, unless x is a zero or NaN.
  const one = v128.or(v128.splat<T>(<T>1), v128.and(x, v128.splat<T>(<T>-0.0)));
  return v128.bitselect(one, x, v128.gt<T>(v128.abs<T>(x), v128.splat<T>(<T>0)));
}

// @ts-ignore: decorator
@inline
function map<T>(op: i32, at: usize, count: i32): void {
  const end = at + <usize>count * sizeof<T>();
  for (; at < end; at += 64) {
    v128.store(at, apply<T>(op, v128.load(at)));
    v128.store(at, apply<T>(op, v128.load(at, 16)), 16);
    v128.store(at, apply<T>(op, v128.load(at, 32)), 32);
    v128.store(at, apply<T>(op, v128.load(at, 48)), 48);
  }
}

export function absF32(at: usize, count: i32): void { map<f32>(ABS, at, count); }
export function negF32(at: usize, count: i32): void { map<f32>(NEG, at, count); }
export function squareF32(at: usize, count: i32): void { map<f32>(SQUARE, at, count); }
export function reciprocalF32(at: usize, count: i32): void { map<f32>(RECIPROCAL, at, count); }
export function floorF32(at: usize, count: i32): void { map<f32>(FLOOR, at, count); }
export function ceilF32(at: usize, count: i32): void { map<f32>(CEIL, at, count); }
export function roundF32(at: usize, count: i32): void { map<f32>(ROUND, at, count); }
export function signF32(at: usize, count: i32): void { map<f32>(SIGN, at, count); }
export function absF64(at: usize, count: i32): void { map<f64>(ABS, at, count); }
export function negF64(at: usize, count: i32): void { map<f64>(NEG, at, count); }
export function squareF64(at: usize, count: i32): void { map<f64>(SQUARE, at, count); }
export function reciprocalF64(at: usize, count: i32): void { map<f64>(RECIPROCAL, at, count); }
export function floorF64(at: usize, count: i32): void { map<f64>(FLOOR, at, count); }
export function ceilF64(at: usize, count: i32): void { map<f64>(CEIL, at, count); }
export function roundF64(at: usize, count: i32): void { map<f64>(ROUND, at, count); }
export function signF64(at: usize, count: i32): void { map<f64>(SIGN, at, count); }
