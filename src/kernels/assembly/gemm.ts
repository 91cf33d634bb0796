// C[m, n] (+)= A[m, k]·B[k, n], blocked as Goto and van de Geijn, "Anatomy of High-Performance Matrix
// Multiplication" (ACM TOMS 34, 2008): a KC × NC slab of B is packed once, MC × KC blocks of A are packed
// into L2 and the register tile runs over them. C is row-major and contiguous.
//
// Every element of C is the sum of its slabs of KC products, in order, whatever block or thread computes it.

import { MR, MR_LOW, NR, lowTile, paddedRows, putEdge, rowsInFives, tile } from "./tile";
import { packA, packB } from "./pack";
import { addRow } from "./epilogue";

/** Depth of a slab: one panel of A and one of B stay in L1. */
const KC: i32 = 256;
/** Rows of a packed block of A: 120 KB in f32, well inside L2. */
const MC: i32 = 24 * MR;
/** Columns of a packed slab of B: 2 MB in f32. */
const NC: i32 = 2048;
/** Rows a multiple of so many bytes apart begin in at most two of the 64 sets of L1's lines. */
const CROWDED: i64 = 2048;
/** Bytes from the first row to the last of a B that stays in L1 beside a panel of A. */
const IN_L1: i64 = 16384;
/** One tile for the edges of C. */
export const TILE_BYTES: usize = MR * 32;

// @ts-ignore: decorator
@inline
export function roundUp(x: i32, step: i32): i32 {
  return ((x + step - 1) / step) * step;
}

// @ts-ignore: decorator
@inline
function packedABytes<T>(m: i32, k: i32): usize {
  return (<usize>min(paddedRows(m), MC) * <usize>min(k, KC) * sizeof<T>() + 63) & ~63;
}

// Packing B pays when enough panels of A reuse it: fewer where its rows share few lines of the caches, more where all
// of it stays in L1.
// @ts-ignore: decorator
@inline
function readsBDirectly<T>(m: i32, k: i32, rowStride: i32, colStride: i32): bool {
  if (colStride != 1) return false;
  const apart = <i64>abs(rowStride) * sizeof<T>();
  return m <= (apart % CROWDED == 0 ? 2 * MR : 4 * MR_LOW) || k * apart <= IN_L1;
}

/** Bytes of scratch that `gemm<T>` needs. */
export function gemmScratch<T>(m: i32, n: i32, k: i32): usize {
  const packedB = <usize>min(roundUp(n, NR<T>()), NC) * <usize>min(k, KC) * sizeof<T>();
  return TILE_BYTES + packedABytes<T>(m, k) + packedB;
}

/** Bytes of scratch that `gemmPacked<T>` needs. */
export function gemmPackedScratch<T>(m: i32, k: i32): usize {
  return TILE_BYTES + packedABytes<T>(m, k);
}

/** A tile of C: MR or MR_LOW rows high, which is known when compiling; rows × cols of it lie in the matrix. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(
  height: i32, rows: i32, cols: i32, kc: i32, a: usize, b: usize, bStep: usize,
  c: usize, cStep: usize, add: bool, edge: usize,
): void {
  if (rows == height && cols == NR<T>()) {
    if (height == MR) tile<T>(kc, a, b, bStep, c, cStep, add);
    else lowTile<T>(kc, a, b, bStep, c, cStep, add);
  } else {
    if (height == MR) tile<T>(kc, a, b, bStep, edge, 32, false);
    else lowTile<T>(kc, a, b, bStep, edge, 32, false);
    putEdge<T>(edge, c, cStep, rows, cols, add);
  }
}

/** One packed block of A times one slab of B, whose panels lie `bPanel` bytes apart. */
// @ts-ignore: decorator
@inline
export function multiplyBlock<T>(
  mc: i32, nc: i32, kc: i32, aPack: usize, b: usize, bStep: usize, bPanel: usize,
  c: usize, cStep: usize, add: bool, edge: usize,
): void {
  const fives = rowsInFives(mc);
  for (let jr = 0; jr < nc; jr += NR<T>()) {
    let cAt = c + <usize>jr * sizeof<T>();
    let aFor = aPack;
    const cols = min(NR<T>(), nc - jr);
    let ir = 0;
    for (; ir < fives; ir += MR) {
      multiplyTile<T>(MR, MR, cols, kc, aFor, b, bStep, cAt, cStep, add, edge);
      aFor += <usize>kc * (MR * sizeof<T>());
      cAt += <usize>MR * cStep;
    }
    for (; ir < mc; ir += MR_LOW) {
      multiplyTile<T>(MR_LOW, min(MR_LOW, mc - ir), cols, kc, aFor, b, bStep, cAt, cStep, add, edge);
      aFor += <usize>kc * (MR_LOW * sizeof<T>());
      cAt += <usize>MR_LOW * cStep;
    }
    b += bPanel;
  }
}

/** Negates a packed block, so that the tiles subtract. Blocks of whole vectors: MC·KC and their parts are. */
function negateBlock<T>(block: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(block + i, v128.neg<T>(v128.load(block + i)));
}

/** One product of `gemm`, whose rows of C are `cStep` bytes apart. */
// @ts-ignore: decorator
@inline
function product<T>(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32, direct: bool, packs: bool,
  c: usize, cStep: usize, accumulate: bool, negate: bool, bias: usize, scratch: usize,
): void {
  const edge = scratch;
  const aPack = scratch + TILE_BYTES;
  const bPack = aPack + packedABytes<T>(m, k);
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      let bFrom = b + <usize>(pc * bRow + jc * bCol) * sizeof<T>();
      let bStep = <usize>bRow * sizeof<T>();
      let bPanel: usize = 32;
      if (!direct) {
        if (packs) packB<T>(bFrom, bRow, bCol, kc, nc, bPack, <usize>kc * 32);
        bFrom = bPack;
        bStep = 32;
        bPanel = <usize>kc * 32;
      }
      for (let ic = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        const cAt = c + <usize>ic * cStep + <usize>jc * sizeof<T>();
        packA<T>(a + <usize>(ic * aRow + pc * aCol) * sizeof<T>(), aRow, aCol, mc, kc, aPack);
        if (negate) negateBlock<T>(aPack, <usize>paddedRows(mc) * <usize>kc * sizeof<T>());
        multiplyBlock<T>(mc, nc, kc, aPack, bFrom, bStep, bPanel, cAt, cStep, accumulate || pc > 0, edge);
        if (bias && pc + kc == k) addRow<T>(cAt, cStep, mc, nc, bias + <usize>jc * sizeof<T>());
      }
    }
  }
}

/**
 * `count` products; `aBatch`, `bBatch` and all other strides are in elements. Slice g of C starts g·m·n
 * elements after `c`. Up to 32 bytes past the last element of B may be read (and ignored). `bias` is the address
 * of n elements that are added to every row of C, or 0.
 */
export function gemm<T>(
  count: i32, m: i32, n: i32, k: i32,
  a: usize, aBatch: i32, aRow: i32, aCol: i32,
  b: usize, bBatch: i32, bRow: i32, bCol: i32,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  const reuseB = bBatch == 0 && n <= NC && k <= KC;
  const direct = readsBDirectly<T>(reuseB ? count * m : m, k, bRow, bCol);
  const cStep = <usize>n * sizeof<T>();
  for (let g = 0; g < count; g++) {
    const packs = g == 0 || !reuseB;
    product<T>(m, n, k, a, aRow, aCol, b, bRow, bCol, direct, packs, c, cStep, accumulate, false, bias, scratch);
    a += <usize>aBatch * sizeof<T>();
    b += <usize>bBatch * sizeof<T>();
    c += <usize>m * cStep;
  }
}

/**
 * C[m, n] += A·B, or C −= A·B with `subtract`, in place: C is a block of a larger matrix whose rows are `cRow`
 * elements apart. C overlaps neither A nor B. Scratch as for `gemm`.
 */
export function gemmUpdate<T>(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32, subtract: bool, scratch: usize,
): void {
  const direct = readsBDirectly<T>(m, k, bRow, bCol);
  const cStep = <usize>cRow * sizeof<T>();
  product<T>(m, n, k, a, aRow, aCol, b, bRow, bCol, direct, true, c, cStep, true, subtract, 0, scratch);
}

/**
 * Packs `rows` rows from `row` on and `cols` columns from `first` on of a B with `depth` rows and `width` columns, slab
 * behind slab: [depth/KC][panels][KC][NR], so that threads can pack parts of one B and then all read it. `b` is the
 * part's first element; `width` and `first` are whole panels.
 */
export function packSlabs<T>(
  rows: i32, cols: i32, b: usize, bRow: i32, bCol: i32, packed: usize, depth: i32, width: i32, row: i32, first: i32,
): void {
  const end = row + rows;
  while (row < end) {
    const pc = row - row % KC;
    const kc = min(KC, depth - pc);
    const k = min(pc + kc, end) - row;
    const to = packed + (<usize>pc * width + <usize>first * kc) * sizeof<T>() + <usize>(row - pc) * 32;
    packB<T>(b, bRow, bCol, k, cols, to, <usize>kc * 32);
    b += <usize>(k * bRow) * sizeof<T>();
    row += k;
  }
}

/** C[m, n] (+)= A·B with all of B packed by `packSlabs`; `bias` as for `gemm`. */
export function gemmPacked<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aCol: i32, packed: usize,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  const edge = scratch;
  const aPack = scratch + TILE_BYTES;
  const width = <usize>roundUp(n, NR<T>());
  const cStep = <usize>n * sizeof<T>();
  for (let pc = 0; pc < k; pc += KC) {
    const kc = min(KC, k - pc);
    const bFrom = packed + <usize>pc * width * sizeof<T>();
    for (let ic = 0; ic < m; ic += MC) {
      const mc = min(MC, m - ic);
      const cAt = c + <usize>ic * cStep;
      packA<T>(a + <usize>(ic * aRow + pc * aCol) * sizeof<T>(), aRow, aCol, mc, kc, aPack);
      multiplyBlock<T>(mc, n, kc, aPack, bFrom, 32, <usize>kc * 32, cAt, cStep, accumulate || pc > 0, edge);
      if (bias && pc + kc == k) addRow<T>(cAt, cStep, mc, n, bias);
    }
  }
}
