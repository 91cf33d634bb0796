// C[m, n] (+)= A[m, k]·B[k, n], blocked as Goto and van de Geijn, "Anatomy of High-Performance Matrix
// Multiplication" (ACM TOMS 34, 2008): a KC × NC slab of B is packed once, MC × KC blocks of A are packed
// into L2 and the register tile runs over them. C is row-major and contiguous.

import { MR, NR, tile, putEdge } from "./tile";
import { packA, packB } from "./pack";

/** Depth of a slab: one panel of A and one of B stay in L1. */
const KC: i32 = 256;
/** Rows of a packed block of A: 120 KB in f32, well inside L2. */
const MC: i32 = 24 * MR;
/** Columns of a packed slab of B: 2 MB in f32. */
const NC: i32 = 2048;
/** One tile for the edges of C. */
const TILE_BYTES: usize = 5 * 32;

// @ts-ignore: decorator
@inline
function roundUp(x: i32, step: i32): i32 {
  return ((x + step - 1) / step) * step;
}

// Packing B pays only when enough panels of A reuse it, or when its rows are too far apart for the cache.
// @ts-ignore: decorator
@inline
function readsBDirectly<T>(m: i32, n: i32, k: i32, colStride: i32): bool {
  return colStride == 1 && (m <= 2 * MR || <i64>n * k <= 2048);
}

/** Bytes of scratch that `gemm<T>` needs. */
export function gemmScratch<T>(m: i32, n: i32, k: i32): usize {
  const kc = <usize>min(k, KC) * sizeof<T>();
  const packedA = <usize>min(roundUp(m, MR), MC) * kc;
  const packedB = <usize>min(roundUp(n, NR<T>()), NC) * kc;
  return TILE_BYTES + ((packedA + 63) & ~63) + packedB;
}

/**
 * `count` products; `aBatch`, `bBatch` and all other strides are in elements. Slice g of C starts g·m·n
 * elements after `c`. Up to 32 bytes past the last element of B may be read (and ignored).
 */
export function gemm<T>(
  count: i32, m: i32, n: i32, k: i32,
  a: usize, aBatch: i32, aRow: i32, aCol: i32,
  b: usize, bBatch: i32, bRow: i32, bCol: i32,
  c: usize, accumulate: bool, scratch: usize,
): void {
  const edge = scratch;
  const aPack = scratch + TILE_BYTES;
  const bPack = aPack + ((<usize>min(roundUp(m, MR), MC) * <usize>min(k, KC) * sizeof<T>() + 63) & ~63);
  const direct = readsBDirectly<T>(m, n, k, bCol);
  const reuseB = bBatch == 0 && n <= NC && k <= KC;
  const cStep = <usize>n * sizeof<T>();
  for (let g = 0; g < count; g++) {
    for (let jc = 0; jc < n; jc += NC) {
      const nc = min(NC, n - jc);
      for (let pc = 0; pc < k; pc += KC) {
        const kc = min(KC, k - pc);
        let bFrom = b + <usize>(pc * bRow + jc * bCol) * sizeof<T>();
        let bStep = <usize>bRow * sizeof<T>();
        let bPanel: usize = 32;
        if (!direct) {
          if (g == 0 || !reuseB) packB<T>(bFrom, bRow, bCol, kc, nc, bPack);
          bFrom = bPack;
          bStep = 32;
          bPanel = <usize>kc * 32;
        }
        const add = accumulate || pc > 0;
        for (let ic = 0; ic < m; ic += MC) {
          const mc = min(MC, m - ic);
          packA<T>(a + <usize>(ic * aRow + pc * aCol) * sizeof<T>(), aRow, aCol, mc, kc, aPack);
          let bFor = bFrom;
          for (let jr = 0; jr < nc; jr += NR<T>()) {
            let cAt = c + <usize>ic * cStep + <usize>(jc + jr) * sizeof<T>();
            let aFor = aPack;
            const cols = min(NR<T>(), nc - jr);
            for (let ir = 0; ir < mc; ir += MR) {
              const rows = min(MR, mc - ir);
              if (rows == MR && cols == NR<T>()) {
                tile<T>(kc, aFor, bFor, bStep, cAt, cStep, add);
              } else {
                tile<T>(kc, aFor, bFor, bStep, edge, 32, false);
                putEdge<T>(edge, cAt, cStep, rows, cols, add);
              }
              aFor += <usize>kc * (5 * sizeof<T>());
              cAt += <usize>MR * cStep;
            }
            bFor += bPanel;
          }
        }
      }
    }
    a += <usize>aBatch * sizeof<T>();
    b += <usize>bBatch * sizeof<T>();
    c += <usize>m * cStep;
  }
}
