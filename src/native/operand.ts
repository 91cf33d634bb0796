import { LintelError } from "../base/errors.js";
import { NO_TRANSPOSE, TRANSPOSE } from "./cblas.js";

export type Reals = Float32Array | Float64Array;

/** A strided matrix: element [i, j] is data[offset + i·rowStride + j·colStride]. */
export interface RealOperand {
  readonly data: Reals;
  readonly offset: number;
  readonly rowStride: number;
  readonly colStride: number;
}

/** How CBLAS is told about a matrix that lies in memory as it wants. */
export interface Layout {
  readonly transpose: number;
  /** Elements from one row (or, transposed, column) to the next. */
  readonly leading: number;
}

/**
 * The layout of a [rows, cols] operand: one stride must be 1 and the other must reach past a whole row or column.
 * Undefined for what BLAS cannot express: two larger strides, repeated (0), reversed or overlapping rows.
 */
export function layoutOf(x: RealOperand, rows: number, cols: number): Layout | undefined {
  // The stride of an axis of one element is never walked.
  if ((cols === 1 || x.colStride === 1) && (rows === 1 || x.rowStride >= cols)) {
    return { transpose: NO_TRANSPOSE, leading: rows === 1 ? cols : x.rowStride };
  }
  if ((rows === 1 || x.rowStride === 1) && (cols === 1 || x.colStride >= rows)) {
    return { transpose: TRANSPOSE, leading: cols === 1 ? rows : x.colStride };
  }
  return undefined;
}

/** Copies a [rows, cols] matrix into `target`, row-major. Tiles keep both sides within reach of the cache. */
export function pack(x: RealOperand, first: number, rows: number, cols: number, target: Reals): void {
  const { data, rowStride, colStride } = x;
  const tile = 32;
  for (let i0 = 0; i0 < rows; i0 += tile) {
    const i1 = Math.min(rows, i0 + tile);
    for (let j0 = 0; j0 < cols; j0 += tile) {
      const j1 = Math.min(cols, j0 + tile);
      for (let i = i0; i < i1; i++) {
        let from = first + i * rowStride + j0 * colStride;
        for (let to = i * cols + j0, end = i * cols + j1; to < end; to++, from += colStride)
          target[to] = data[from];
      }
    }
  }
}

/** Throws unless every element of every matrix of a batch lies inside its storage: C would read or write beyond. */
export function checkBounds(
  name: string,
  { data, offset, rowStride, colStride }: RealOperand,
  rows: number,
  cols: number,
  starts: ArrayLike<number>,
): void {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < starts.length; i++) {
    low = Math.min(low, starts[i]);
    high = Math.max(high, starts[i]);
  }
  const [down, across] = [rowStride * (rows - 1), colStride * (cols - 1)];
  low += offset + Math.min(0, down) + Math.min(0, across);
  high += offset + Math.max(0, down) + Math.max(0, across);
  if (low >= 0 && high < data.length && Number.isInteger(low + high)) return;
  throw new LintelError(
    `Operand ${name} spans elements ${low}…${high}, but its storage holds ${data.length} elements.`,
    { operand: name, low, high, length: data.length },
  );
}
