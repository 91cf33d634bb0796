import { ConfigError } from "../../base/errors.js";
import { readOptions, requireBoolean } from "../../base/options.js";
import { applyAll } from "../../op/apply.js";
import { defineOp, type OutputSpec } from "../../op/define.js";
import type { Size } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes, smallerSize } from "../common/matrix.js";
import { qrReference, type QrAttributes, type QrMode } from "./reference.js";

export type { QrMode };

const modes: readonly QrMode[] = ["reduced", "complete", "r"];

export const qrOp = defineOp<QrAttributes>({
  name: "qr",
  infer: ([a], { mode, pivoting, tall }) => {
    const { batch, rows, columns } = matrixAxes("qr", a);
    const rank = mode === "complete" ? rows : shorterSide(rows, columns, tall);
    const outputs: OutputSpec[] = [{ dims: [...batch, rank, columns], dtype: a.dtype }];
    if (mode !== "r") outputs.unshift({ dims: [...batch, rows, rank], dtype: a.dtype });
    if (pivoting) outputs.push({ dims: [...batch, columns], dtype: "int32" });
    return outputs;
  },
  // Householder triangularisation and accumulation of Q (Golub and Van Loan, Matrix Computations, 4th ed., §5.2;
  // LAPACK Working Note 41 for all shapes), with k = min(m, n):
  //   R   2mn² − 2n³/3 for tall A, 2nm² − 2m³/3 for wide A
  //   Q   4mck − 2(m + c)k² + 4k³/3 for its c columns
  cost: ({ inputs: [a], attributes: { mode, tall } }) => {
    const { batch, rows, columns } = matrixAxes("qr", a);
    const short = shorterSide(rows, columns, tall);
    const long = short === rows ? columns : rows;
    const square = Polynomial.product(short, short);
    const twoThirds = Polynomial.product(2, square, short).over(3);
    const factor = Polynomial.product(2, long, square).minus(twoThirds);
    const width = mode === "complete" ? rows : short;
    const accumulate = Polynomial.product(4, rows, width, short)
      .minus(Polynomial.product(2, Polynomial.of(rows).plus(width), square))
      .plus(twoThirds.times(2));
    const each = mode === "r" ? factor : factor.plus(accumulate);
    return {
      flops: Polynomial.product(...batch)
        .times(each)
        .multipliedOut(),
    };
  },
  reference: qrReference,
});

const shorterSide = (rows: Size, columns: Size, tall: boolean | undefined): Size =>
  tall === true ? columns : smallerSize("qr", rows, columns);

/** What `qr` returns, by mode and pivoting. */
export interface QrFactors {
  readonly Q?: Tensor;
  readonly R: Tensor;
  readonly permutation?: Tensor;
}

/**
 * QR factorisation `A = Q R` with orthonormal columns in Q and upper triangular R. The diagonal of R may be negative:
 * signs are LAPACK's, as NumPy gives them.
 *
 * @param a `[..., m, n]`, with k = min(m, n)
 * @returns `Q [..., m, k]`, `R [..., k, n]`; mode `"complete"`: `Q [..., m, m]`, `R [..., m, n]`; mode `"r"`: only R.
 * With `pivoting` also `permutation [..., n]`: `A[:, permutation] = Q R`, |diag(R)| falling
 * @throws LinAlgError when an entry is not finite, ConfigError for an unknown mode
 */
export function qr(
  a: Tensor,
  options: { readonly mode?: QrMode; readonly pivoting?: boolean } = {},
): QrFactors {
  const { mode = "reduced", pivoting = false } = readOptions("qr", options, ["mode", "pivoting"]);
  requireBoolean("qr", "pivoting", pivoting);
  if (!modes.includes(mode)) {
    const problem = `qr: unknown mode ${JSON.stringify(mode)}; use "reduced", "complete" or "r"`;
    throw new ConfigError(problem, { key: "mode", value: mode });
  }
  const factors = applyAll(qrOp, [a], { mode, pivoting });
  const [Q, R] = mode === "r" ? [undefined, factors[0]] : factors;
  return {
    ...(Q !== undefined && { Q }),
    R,
    ...(pivoting && { permutation: factors.at(-1)! }),
  };
}
