// Elementary reflectors H = I − tau·v·vᵀ with v[0] = 1, and blocks of them in compact WY form,
// H₀·H₁ ⋯ = I − V·T·Vᵀ with T upper triangular (Schreiber and Van Loan, SISC 10, 1989).
// The conventions are LAPACK's (larfg, larft, larfb, forward and columnwise). Strides are in elements.

import { gemm, gemmScratch, gemmUpdate } from "../gemm";
import { axpy, dot, norm2, norm2Strided, powerOfTwo, scaleVector } from "./vectors";

/** Below this, 1/(alpha − beta) may overflow in f64. */
const tiny: f64 = 1e-290;

/**
 * The reflector that maps the strided vector x[n] to (beta, 0, …): x[0] becomes beta, the rest becomes v without its
 * leading 1. Returns tau in [1, 2], or 0 where the rest is zero already (H = I, beta = x[0]). beta has the sign
 * opposite to x[0]. Whatever the scale of x, nothing overflows or vanishes on the way.
 */
export function reflector<T>(n: i32, x: usize, stride: i32): T {
  if (n <= 1) return 0;
  const step = <usize>stride * sizeof<T>();
  const rest = x + step;
  let norm = stride == 1 ? norm2<T>(n - 1, rest) : norm2Strided<T>(n - 1, rest, stride);
  if (norm == 0) return 0;
  let alpha = <f64>load<T>(x);
  // f32 never needs this: its arithmetic here is f64.
  let shrink: f64 = 1;
  if (sizeof<T>() == 8 && max<f64>(abs<f64>(alpha), norm) < tiny) {
    shrink = powerOfTwo(-500);
    let at = rest;
    for (let i = 1; i < n; i++) {
      store<T>(at, <T>(load<T>(at) / <T>shrink));
      at += step;
    }
    norm = norm2Strided<T>(n - 1, rest, stride);
    alpha /= shrink;
  }
  const length = hypotenuse(alpha, norm);
  const beta = alpha > 0 ? -length : length;
  const difference = alpha - beta;
  const inverse = 1 / difference;
  // A factor near the ends of f32 would lose digits there.
  if (stride == 1 && (sizeof<T>() == 8 || (abs<f64>(inverse) < 1e30 && abs<f64>(inverse) > 1e-30))) {
    scaleVector<T>(n - 1, <T>inverse, rest);
  } else {
    let at = rest;
    for (let i = 1; i < n; i++) {
      store<T>(at, <T>(<f64>load<T>(at) * inverse));
      at += step;
    }
  }
  store<T>(x, <T>(beta * shrink));
  return <T>((beta - alpha) / beta);
}

/** √(a² + b²), safe in f64. */
// @ts-ignore: decorator
@inline
function hypotenuse(a: f64, b: f64): f64 {
  const x = abs<f64>(a), y = abs<f64>(b);
  const large = max<f64>(x, y), small = min<f64>(x, y);
  const ratio = small / large;
  return large * sqrt<f64>(1 + ratio * ratio);
}

/**
 * C := H·C for C[m, n] with rows cRow apart; v[m] strided, its first element taken as 1 whatever is stored there.
 * `work` holds n elements.
 */
export function applyReflectorLeft<T>(
  m: i32, n: i32, v: usize, vStride: i32, tau: T, c: usize, cRow: i32, work: usize,
): void {
  if (tau == 0 || n == 0) return;
  const vStep = <usize>vStride * sizeof<T>(), cStep = <usize>cRow * sizeof<T>();
  memory.copy(work, c, <usize>n * sizeof<T>());
  for (let i = 1; i < m; i++) axpy<T>(n, load<T>(v + <usize>i * vStep), c + <usize>i * cStep, work);
  scaleVector<T>(n, <T>(-tau), work);
  axpy<T>(n, 1, work, c);
  for (let i = 1; i < m; i++) axpy<T>(n, load<T>(v + <usize>i * vStep), work, c + <usize>i * cStep);
}

/**
 * Reflectors as a factorisation stores them, below the diagonal of a[m, b], written out densely: v[i, j] at
 * v + i·vRow + j·vCol, with the ones of the diagonal and the zeros above it.
 */
export function expandReflectors<T>(m: i32, b: i32, a: usize, aRow: i32, v: usize, vRow: i32, vCol: i32): void {
  for (let i = 0; i < m; i++) {
    const row = a + <usize>(i * aRow) * sizeof<T>();
    const out = v + <usize>(i * vRow) * sizeof<T>();
    if (i >= b && vCol == 1) {
      memory.copy(out, row, <usize>b * sizeof<T>());
      continue;
    }
    for (let j = 0; j < b; j++) {
      const value: T = j < i ? load<T>(row + <usize>j * sizeof<T>()) : j == i ? <T>1 : <T>0;
      store<T>(out + <usize>(j * vCol) * sizeof<T>(), value);
    }
  }
}

/** Bytes of scratch that `formT<T>` needs. */
export function formTScratch<T>(m: i32, b: i32): usize {
  return alignedBytes<T>(b, b) + gemmScratch<T>(b, b, m);
}

/**
 * T[b, b] (dense, upper triangular with explicit zeros) of the block H₀·H₁ ⋯ H_{b−1} = I − V·T·Vᵀ, for V[m, b] dense as
 * `expandReflectors` writes it and tau[b].
 */
export function formT<T>(m: i32, b: i32, v: usize, vRow: i32, vCol: i32, tau: usize, t: usize, scratch: usize): void {
  const gram = scratch;
  gemm<T>(1, b, b, m, v, 0, vCol, vRow, v, 0, vRow, vCol, gram, false, 0, scratch + alignedBytes<T>(b, b));
  const row = <usize>b * sizeof<T>();
  memory.fill(t, 0, <usize>b * row);
  for (let j = 0; j < b; j++) {
    const tauJ = load<T>(tau + <usize>j * sizeof<T>());
    // T[0:j, j] = −tau_j · T[0:j, 0:j] · (VᵀV)[0:j, j], of whose symmetric factor row j is read
    for (let i = 0; i < j; i++) {
      const at = <usize>i * sizeof<T>();
      const total = dot<T>(j - i, t + <usize>i * row + at, gram + <usize>j * row + at);
      store<T>(t + <usize>i * row + <usize>j * sizeof<T>(), <T>(-tauJ * total));
    }
    store<T>(t + <usize>j * row + <usize>j * sizeof<T>(), tauJ);
  }
}

/** Bytes of scratch that `joinT<T>` needs. */
export function joinTScratch<T>(m: i32, b1: i32, b2: i32): usize {
  return 2 * alignedBytes<T>(b1, b2) + max(gemmScratch<T>(b1, b2, m), gemmScratch<T>(b1, b2, max(b1, b2)));
}

/**
 * T[b1 + b2, b1 + b2] of two blocks one after the other, from the T of each: the corner is −T₁·(V₁ᵀ·V₂)·T₂. V₁ and V₂ are
 * dense, with m rows from the first one of V₂ on (V₂ is zero above) and equal strides.
 */
export function joinT<T>(
  m: i32, b1: i32, b2: i32, v1: usize, v2: usize, vRow: i32, vCol: i32, t1: usize, t2: usize, t: usize, scratch: usize,
): void {
  const gram = scratch, product = gram + alignedBytes<T>(b1, b2), free = product + alignedBytes<T>(b1, b2);
  gemm<T>(1, b1, b2, m, v1, 0, vCol, vRow, v2, 0, vRow, vCol, gram, false, 0, free);
  gemm<T>(1, b1, b2, b2, gram, 0, b2, 1, t2, 0, b2, 1, product, false, 0, free);
  const row = <usize>(b1 + b2) * sizeof<T>(), left = <usize>b1 * sizeof<T>(), right = <usize>b2 * sizeof<T>();
  memory.fill(t, 0, <usize>(b1 + b2) * row);
  for (let i: usize = 0; i < <usize>b1; i++) memory.copy(t + i * row, t1 + i * left, left);
  for (let i: usize = 0; i < <usize>b2; i++) memory.copy(t + (<usize>b1 + i) * row + left, t2 + i * right, right);
  gemmUpdate<T>(b1, b2, b1, t1, b1, 1, product, b2, 1, t + left, b1 + b2, true, free);
}

/** Bytes of scratch that `applyBlockLeft<T>` needs. */
export function applyBlockLeftScratch<T>(m: i32, n: i32, b: i32): usize {
  const products = max(max(gemmScratch<T>(b, n, m), gemmScratch<T>(b, n, b)), gemmScratch<T>(m, n, b));
  return 2 * alignedBytes<T>(b, n) + products;
}

/**
 * C := (I − V·T·Vᵀ)·C, or (I − V·Tᵀ·Vᵀ)·C with `transposed`, in place, for C[m, n] with rows cRow apart, V[m, b] dense
 * with any strides and T[b, b] contiguous. With the T of `formT` the first is Q·C and the second Qᵀ·C.
 */
export function applyBlockLeft<T>(
  m: i32, n: i32, b: i32, v: usize, vRow: i32, vCol: i32, t: usize, transposed: bool,
  c: usize, cRow: i32, scratch: usize,
): void {
  if (m == 0 || n == 0 || b == 0) return;
  const first = scratch, second = first + alignedBytes<T>(b, n);
  const products = second + alignedBytes<T>(b, n);
  const tRow = transposed ? 1 : b, tCol = transposed ? b : 1;
  gemm<T>(1, b, n, m, v, 0, vCol, vRow, c, 0, cRow, 1, first, false, 0, products);
  gemm<T>(1, b, n, b, t, 0, tRow, tCol, first, 0, n, 1, second, false, 0, products);
  gemmUpdate<T>(m, n, b, v, vRow, vCol, second, n, 1, c, cRow, true, products);
}

/** Bytes of scratch that `applyBlockRight<T>` needs. */
export function applyBlockRightScratch<T>(m: i32, n: i32, b: i32): usize {
  const products = max(max(gemmScratch<T>(m, b, n), gemmScratch<T>(m, b, b)), gemmScratch<T>(m, n, b));
  return 2 * alignedBytes<T>(m, b) + products;
}

/** C := C·(I − V·T·Vᵀ), or C·(I − V·Tᵀ·Vᵀ) with `transposed`, for C[m, n] and V[n, b]; otherwise as `applyBlockLeft`. */
export function applyBlockRight<T>(
  m: i32, n: i32, b: i32, v: usize, vRow: i32, vCol: i32, t: usize, transposed: bool,
  c: usize, cRow: i32, scratch: usize,
): void {
  if (m == 0 || n == 0 || b == 0) return;
  const first = scratch, second = first + alignedBytes<T>(m, b);
  const products = second + alignedBytes<T>(m, b);
  const tRow = transposed ? 1 : b, tCol = transposed ? b : 1;
  gemm<T>(1, m, b, n, c, 0, cRow, 1, v, 0, vRow, vCol, first, false, 0, products);
  gemm<T>(1, m, b, b, first, 0, b, 1, t, 0, tRow, tCol, second, false, 0, products);
  gemmUpdate<T>(m, n, b, second, b, 1, v, vCol, vRow, c, cRow, true, products);
}

/** Bytes of a dense block, in whole cache lines. */
// @ts-ignore: decorator
@inline
export function alignedBytes<T>(rows: i32, columns: i32): usize {
  return (<usize>rows * <usize>columns * sizeof<T>() + 63) & ~63;
}
