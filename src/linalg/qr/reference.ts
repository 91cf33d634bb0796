import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix, scaleToUnit } from "../common/matrix.js";

/** Which factors, and how large: Q [m, k] and R [k, n], Q [m, m] and R [m, n], or R [k, n] alone. */
export type QrMode = "reduced" | "complete" | "r";

export interface QrAttributes {
  readonly mode: QrMode;
  /** Whether columns are exchanged so that the diagonal of R falls in magnitude. */
  readonly pivoting: boolean;
  /** That there are no fewer rows than columns, where names cannot tell. */
  readonly tall?: boolean;
}

/** Householder reflections in float64, one column at a time (Golub and Van Loan, 4th ed., §5.2 and §5.4.2). */
export const qrReference: Kernel<QrAttributes> = ([a], outputs, { mode, pivoting }) => {
  const [m, n] = a.sizes.slice(-2);
  const height = mode === "complete" ? m : Math.min(m, n);
  const [q, r] = mode === "r" ? [undefined, outputs[0]] : outputs;
  const qAll = new Float64Array(q?.size ?? 0);
  const rAll = new Float64Array(r.size);
  const permutations = new Float64Array(pivoting ? outputs.at(-1)!.size : 0);
  let index = 0;
  for (const matrix of eachMatrix("qr", a)) {
    const { scaled, scale } = scaleToUnit(matrix);
    const { reflectors, order } = triangularise(scaled, m, n, pivoting);
    for (let i = 0; i < height; i++) {
      for (let j = i; j < n; j++) rAll[(index * height + i) * n + j] = scaled[i * n + j] * scale;
    }
    if (q !== undefined) qAll.set(accumulate(reflectors, m, height), index * m * height);
    if (pivoting) permutations.set(order, index * n);
    index++;
  }
  if (q !== undefined) writeValues(q, qAll);
  writeValues(r, rAll);
  if (pivoting) writeValues(outputs.at(-1)!, permutations);
};

/** I − tau·v·vᵀ on the rows from its place on: v[0] = 1. */
interface Reflector {
  readonly v: Float64Array;
  readonly tau: number;
}

/** Overwrites the m×n matrix with R; its columns are exchanged on the way when pivoting. */
function triangularise(a: Float64Array, m: number, n: number, pivoting: boolean) {
  const order = Array.from({ length: n }, (_, j) => j);
  const reflectors: Reflector[] = [];
  for (let j = 0; j < Math.min(m, n); j++) {
    if (pivoting) exchange(a, m, n, order, j, heaviestColumn(a, m, n, j));
    const reflector = makeReflector(Float64Array.from({ length: m - j }, (_, i) => a[(i + j) * n + j]));
    reflect(reflector, a, n, j, j, n);
    reflectors.push(reflector);
  }
  return { reflectors, order };
}

/** The reflector that maps x to (∓‖x‖, 0, …, 0), away from x[0]; the identity when the rest is zero already. */
function makeReflector(x: Float64Array): Reflector {
  const norm = Math.hypot(...x);
  if (x.subarray(1).every((value) => value === 0)) return { v: x, tau: 0 };
  const beta = x[0] > 0 ? -norm : norm;
  const v = x.map((value) => value / (x[0] - beta));
  v[0] = 1;
  return { v, tau: (beta - x[0]) / beta };
}

/** Applies H to rows from `top` on of columns [left, width) of a row-major matrix `width` columns wide. */
function reflect(
  { v, tau }: Reflector,
  a: Float64Array,
  width: number,
  top: number,
  left: number,
  to: number,
) {
  if (tau === 0) return;
  for (let j = left; j < to; j++) {
    let overlap = 0;
    for (let i = 0; i < v.length; i++) overlap += v[i] * a[(i + top) * width + j];
    for (let i = 0; i < v.length; i++) a[(i + top) * width + j] -= tau * overlap * v[i];
  }
}

/** The first `width` columns of H₀ H₁ ⋯. */
function accumulate(reflectors: readonly Reflector[], m: number, width: number): Float64Array {
  const q = new Float64Array(m * width);
  for (let i = 0; i < width; i++) q[i * width + i] = 1;
  for (let j = reflectors.length - 1; j >= 0; j--) reflect(reflectors[j], q, width, j, j, width);
  return q;
}

/** The column from j on whose rows from j on have the largest norm. */
function heaviestColumn(a: Float64Array, m: number, n: number, j: number): number {
  const norms = Array.from({ length: n - j }, (_, c) =>
    Math.hypot(...Array.from({ length: m - j }, (_unused, i) => a[(i + j) * n + c + j])),
  );
  return j + norms.indexOf(Math.max(...norms));
}

function exchange(a: Float64Array, m: number, n: number, order: number[], j: number, pivot: number): void {
  [order[j], order[pivot]] = [order[pivot], order[j]];
  for (let i = 0; i < m; i++) {
    [a[i * n + j], a[i * n + pivot]] = [a[i * n + pivot], a[i * n + j]];
  }
}
