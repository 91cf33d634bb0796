import { describe } from "../../base/describe.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { cast } from "../../ops/cast/op.js";
import { div } from "../../ops/div/op.js";
import { gt } from "../../ops/gt/op.js";
import { mul } from "../../ops/mul/op.js";
import { select } from "../../ops/select/op.js";
import { slice } from "../../ops/slice/op.js";
import { sum } from "../../ops/sum/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { where } from "../../ops/where/op.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes, squareAxes } from "../common/matrix.js";
import { matrixNorm, vectorNorm, type MatrixNormOrder } from "../norm/op.js";
import { widened } from "../common/precision.js";
import { svd } from "../svd/op.js";
import { svdvals } from "../svdvals/op.js";
import { pseudoInverse } from "./pinv.js";
import { intoRange } from "./spectrum.js";

/**
 * The condition number ‖A‖·‖A⁻¹‖: how much a relative error of the input can grow. By default σ₁/σₙ, which exists for
 * rectangular matrices too. A zero singular value gives Infinity.
 *
 * @param a `[..., m, n]`, square unless `ord` is ±2
 * @returns `[...]`
 * @throws LinAlgError when the matrix is empty, not finite, or not square for an `ord` that inverts it
 */
export function cond(a: Tensor, options: { readonly ord?: MatrixNormOrder } = {}): Tensor {
  const { ord = 2 } = readOptions("cond", options, ["ord"]);
  if (!orders.includes(ord)) {
    throw new ConfigError(`cond: unknown ord ${describe(ord)}; use ${orders.join(", ")}`, {
      key: "ord",
      value: ord,
    });
  }
  const { rows, columns } = ord === 2 || ord === -2 ? matrixAxes("cond", a) : squareMatrix(a);
  if (rows === 0 || columns === 0) {
    throw new LinAlgError(`cond: ${showShape(a.dims)} is empty: it has no condition number`, {
      op: "cond",
      shape: a.dims,
    });
  }
  const A = intoRange(widened(a)).scaled; // the scale cancels
  if (ord === 1 || ord === -1 || ord === Infinity || ord === -Infinity) {
    const { U, S, Vh } = svd(A);
    const regular = gt(select(S, -1, -1), 0);
    // Where a singular value is zero the inverse is left out, and not looked at.
    const inverse = pseudoInverse(U, S, Vh, unsqueeze(regular, -1));
    const product = mul(matrixNorm(A, { ord }), matrixNorm(inverse, { ord }));
    return cast(where(regular, product, Infinity), a.dtype);
  }
  const S = svdvals(A);
  const [over, under] = spectralFactors(S, ord);
  const nonzero = gt(under, 0);
  return cast(where(nonzero, div(over, where(nonzero, under, 1)), Infinity), a.dtype);
}

/** ‖A‖ and 1/‖A⁻¹‖ in the norms that depend on the singular values alone. */
function spectralFactors(S: Tensor, ord: MatrixNormOrder): readonly [Tensor, Tensor] {
  const [first, last] = [select(S, -1, 0), select(S, -1, -1)];
  if (ord === 2) return [first, last];
  if (ord === -2) return [last, first];
  // Inverses in units of 1/last, which none exceeds.
  const inverses = div(slice(S, -1, -1), where(gt(S, 0), S, 1));
  return ord === "fro"
    ? [vectorNorm(S, { axis: -1 }), div(last, vectorNorm(inverses, { axis: -1 }))]
    : [sum(S, -1), div(last, sum(inverses, -1))];
}

const orders: readonly MatrixNormOrder[] = ["fro", "nuc", 1, -1, 2, -2, Infinity, -Infinity];

function squareMatrix(a: Tensor): { rows: unknown; columns: unknown } {
  const { size } = squareAxes("cond", a);
  return { rows: size, columns: size };
}
