// One matrix that several products read, packed once for all of them.
import { align } from "./arena.js";
import { instantiateAlone, requireKernels, type Kernels, type WasmBuild } from "./module.js";
import type { Product } from "./multiply.js";
import { stridesOf, type BatchedOperand, type Operand, type Triple } from "./operand.js";
import { copyDense, layout, stage } from "./staging.js";

/** A float matrix [rows, columns] that does not change while it is held. */
export interface HeldMatrix extends Operand<Float32Array | Float64Array> {
  readonly rows: number;
  readonly columns: number;
}

interface Holding {
  readonly matrix: HeldMatrix;
  /** Where the matrix and its transpose lie packed, once a product wanted one of them. */
  packed: readonly [number, number] | undefined;
}

/** Columns of a packed panel, in bytes. */
const PANEL_BYTES = 32;
/** Rows of A that are multiplied at a time. */
const MOST_ROWS = 120;

let current: Holding | undefined;

/** Kernels whose memory keeps what is packed. Like the arena, it is reused and never shrinks. */
const loaded = new Map<WasmBuild, Kernels | undefined>();

function ownKernels(): Kernels | undefined {
  const { build } = requireKernels();
  if (!loaded.has(build)) loaded.set(build, instantiateAlone(build));
  return loaded.get(build);
}

/**
 * Runs `body`, inside which `matrix` does not change: products on one thread with it, or with its transpose, as their right
 * operand read it packed from WebAssembly memory. Copying and packing, of which each narrow product does as much as of
 * arithmetic, is then done once. Results are those of other products to the bit, but for up to 16 rows or columns: those
 * are otherwise cut into pieces that stay in the cache. A matrix that does not fit into the arena's limit with its packed
 * forms is multiplied as ever.
 */
export function holding<R>(matrix: HeldMatrix, body: () => R): R {
  const before = current;
  current = { matrix, packed: undefined };
  try {
    return body();
  } finally {
    // What was packed before was overwritten.
    current = before && { ...before, packed: undefined };
  }
}

/** Whether an operand B[k, n] is the held matrix (0), its transpose (1), or neither. */
function sideOf({ matrix }: Holding, b: BatchedOperand, k: number, n: number): 0 | 1 | undefined {
  if (b.data !== matrix.data || b.offset !== matrix.offset) return undefined;
  const { rows, columns, rowStride, colStride } = matrix;
  if (k === rows && n === columns && b.rowStride === rowStride && b.colStride === colStride) return 0;
  if (k === columns && n === rows && b.rowStride === colStride && b.colStride === rowStride) return 1;
  return undefined;
}

/** Computes a product with the held matrix; false, with nothing written, for every other one. */
export function multiplyHeld({ counts, a, b, c, accumulate, bias }: Product): boolean {
  if (current === undefined || counts.batch !== 1 || accumulate || bias !== undefined) return false;
  const { m, n, k } = counts;
  const side = sideOf(current, b, k, n);
  if (side === undefined || a.half !== undefined || b.data.constructor !== c.data.constructor) return false;
  const kernels = ownKernels();
  if (kernels === undefined) return false;
  const { arena, exports } = kernels;
  const { matrix } = current;
  const width = c.data.BYTES_PER_ELEMENT as 4 | 8;
  const single = width === 4;
  const panel = PANEL_BYTES / width;
  const padded = (size: number): number => Math.ceil(size / panel) * panel;
  const forms = [matrix.rows * padded(matrix.columns), matrix.columns * padded(matrix.rows)];
  const [first, second] = forms.map((elements) => align(elements * width));
  const work = arena.start + first + second;
  // Staged operands may carry as many gaps along as they have elements.
  const most = Math.min(m, MOST_ROWS);
  const cBytes = align(most * n * width);
  const aBytes = align(2 * most * k * width);
  const scratchBytes = single ? exports.gemmPackedScratchF32(most, k) : exports.gemmPackedScratchF64(most, k);
  const bytes = first + second + Math.max(2 * n * k * width, cBytes + aBytes + scratchBytes);
  if (bytes > arena.limit) return false;
  arena.reserve(bytes);
  current.packed ??= packBoth(kernels, matrix, padded, work, arena.start, arena.start + first, width);
  const packed = current.packed[side];
  const kernel = single ? exports.gemmPackedF32 : exports.gemmPackedF64;
  const dense = single ? arena.f32 : arena.f64;
  for (let i = 0; i < m; i += MOST_ROWS) {
    const rows = Math.min(MOST_ROWS, m - i);
    const aCounts: Triple = [1, rows, k];
    const plan = layout(aCounts, stridesOf(a));
    const from = a.offset + i * a.rowStride;
    const aAt = stage(kernels, plan, a, from, aCounts, work + cBytes, width);
    const [, aRow, aCol] = plan.strides;
    kernel(rows, n, k, aAt, aRow, aCol, packed, work, false, 0, work + cBytes + aBytes);
    copyDense(dense, work / width, c, c.offset + i * c.rowStride, [1, rows, n], "out");
  }
  return true;
}

/** Copies the matrix to `work` and packs it to `plain`, its transpose to `turned`. */
function packBoth(
  kernels: Kernels,
  matrix: HeldMatrix,
  padded: (size: number) => number,
  work: number,
  plain: number,
  turned: number,
  width: 4 | 8,
): readonly [number, number] {
  const { rows, columns } = matrix;
  const operand: BatchedOperand = { ...matrix, batchStride: 0 };
  const counts: Triple = [1, rows, columns];
  const plan = layout(counts, stridesOf(operand));
  const at = stage(kernels, plan, operand, matrix.offset, counts, work, width);
  const [, row, col] = plan.strides;
  const pack = width === 4 ? kernels.exports.packSlabsF32 : kernels.exports.packSlabsF64;
  pack(rows, columns, at, row, col, plain, rows, padded(columns), 0, 0);
  pack(columns, rows, at, col, row, turned, columns, padded(rows), 0, 0);
  return [plain, turned];
}
