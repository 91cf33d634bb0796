// Which way to the leading singular triplets is the cheapest, as operation counts of one m × n matrix.
import type { DType } from "../../tensor/dtype.js";
import { rangeWidth } from "./rangeFinder.js";

export interface Size2 {
  readonly rows: number;
  readonly columns: number;
}

/** How the leading triplets are computed. */
export type Route = "randomized" | "gram" | "svd";

/** Two products of A with l samples, their orthonormalisation on both sides, and the small svd. */
function randomizedFlops({ rows: m, columns: n }: Size2, samples: number): number {
  return 4 * m * n * samples + 6 * (m + n) * samples ** 2 + 26 * samples ** 3;
}

/** The thin svd, as `svdOp` counts it. */
const svdFlops = ({ rows: m, columns: n }: Size2): number =>
  6 * Math.max(m, n) * Math.min(m, n) ** 2 + 20 * Math.min(m, n) ** 3;

/** AᵀA, its eigenvectors, and the other factor; in float64, which counts twice. */
const gramFlops = ({ rows: m, columns: n }: Size2): number =>
  2 * (4 * m * n * Math.min(m, n) + 9 * Math.min(m, n) ** 3);

/** The cheaper of the ways that find every triplet. The Gram matrix squares the condition: float32 only, in float64. */
export const exactRoute = (size: Size2, dtype: DType): "gram" | "svd" =>
  dtype === "float32" && gramFlops(size) < svdFlops(size) ? "gram" : "svd";

const exactFlops = (size: Size2, dtype: DType): number =>
  exactRoute(size, dtype) === "gram" ? gramFlops(size) : svdFlops(size);

/** Random sampling where it is cheaper than any exact way, and leaves something out. */
export function chooseRoute(size: Size2, dtype: DType, width: number, iterations: number): Route {
  const samples = rangeWidth(width, iterations);
  const some = samples < Math.min(size.rows, size.columns);
  return some && randomizedFlops(size, samples) < exactFlops(size, dtype)
    ? "randomized"
    : exactRoute(size, dtype);
}
