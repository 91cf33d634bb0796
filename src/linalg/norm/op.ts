import { describe } from "../../base/describe.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { readOptions, requireBoolean } from "../../base/options.js";
import { apply, dimsOf } from "../../op/apply.js";
import { defineReduction, type ReductionAttributes } from "../../op/reduction.js";
import { resolveAxes, type Axis } from "../../shape/axes.js";
import { showShape } from "../../shape/dim.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { svdvals } from "../svdvals/op.js";
import { max } from "../../ops/max/op.js";
import { min } from "../../ops/min/op.js";
import { sum } from "../../ops/sum/op.js";
import { abs } from "../../ops/abs/op.js";
import { matrixAxes } from "../common/matrix.js";

export interface NormAttributes extends ReductionAttributes {
  readonly ord: number;
}

export const vectorNormOp = defineReduction<NormAttributes>({
  name: "vectorNorm",
  lane: (values, { ord }) => laneNorm(values, ord),
  result: floatResult,
  flops: 2, // power and add, or magnitude and compare
});

/** (Σ|x|ᵖ)^(1/p), scaled by the entry that counts most where the powers would overflow or vanish. */
function laneNorm(values: Float64Array, ord: number): number {
  if (ord === 2) {
    const squares = values.reduce((total, value) => total + value * value, 0);
    // 2⁻⁹⁰⁰ is far above the squares that are lost.
    if (squares > 2 ** -900 && squares < Infinity) return Math.sqrt(squares);
  }
  if (ord === 0) return values.reduce((count, value) => count + Number(value !== 0), 0);
  let [largest, smallest, total] = [0, Infinity, 0];
  for (const value of values) {
    const size = Math.abs(value);
    largest = Math.max(largest, size); // NaN stays
    smallest = Math.min(smallest, size);
    total += size;
  }
  if (ord === Infinity) return largest;
  if (ord === -Infinity) return smallest;
  if (ord === 1) return total;
  if (largest === 0 || !Number.isFinite(largest)) return ord > 0 ? largest : laneSum(values, ord, 1);
  return laneSum(values, ord, ord > 0 || smallest === 0 ? largest : smallest);
}

function laneSum(values: Float64Array, ord: number, scale: number): number {
  let total = 0;
  for (const value of values) total += (Math.abs(value) / scale) ** ord;
  return scale * total ** (1 / ord);
}

interface VectorNormOptions {
  /** Any number; 0 counts non-zeros, ±Infinity takes the largest or smallest magnitude. Default 2. */
  readonly ord?: number;
  /** Default: all axes, as one vector. */
  readonly axis?: Axis | readonly Axis[];
  readonly keepdims?: boolean;
}

/**
 * The p-norm of vectors along `axis`: (Σ|x|ᵖ)^(1/p). No overflow at any scale. Throws `ConfigError` for an `ord` that
 * is not a number.
 *
 * @example
 * vectorNorm(tensor([3, 4])).item();              // 5
 * vectorNorm(tensor([3, 4]), { ord: 1 }).item();  // 7
 */
export function vectorNorm(x: Tensor, options: VectorNormOptions = {}): Tensor {
  const given = readOptions("vectorNorm", options, ["ord", "axis", "keepdims"]);
  const { ord = 2, axis, keepdims = false } = given;
  if (typeof ord !== "number" || Number.isNaN(ord)) {
    const problem = `vectorNorm: ord must be a number, got ${describe(ord)}; matrixNorm takes "fro" and "nuc"`;
    throw new ConfigError(problem, { key: "ord", value: ord });
  }
  return apply(vectorNormOp, [x], {
    axes: resolveAxes("vectorNorm", dimsOf("vectorNorm", x), axis),
    keepdims: requireBoolean("vectorNorm", "keepdims", keepdims),
    ord,
  });
}

/** ±1, ±2 and ±Infinity among the numbers. */
export type MatrixNormOrder = "fro" | "nuc" | number;

/**
 * The norm of matrices `[..., m, n]`: Frobenius √tr(AᵀA), nuclear Σσ, largest (±1) column or (±Infinity) row sum,
 * largest or smallest singular value (±2).
 *
 * @throws LinAlgError for fewer than two axes
 */
export function matrixNorm(a: Tensor, options: { readonly ord?: MatrixNormOrder } = {}): Tensor {
  const { ord = "fro" } = readOptions("matrixNorm", options, ["ord"]);
  matrixAxes("matrixNorm", a);
  const extreme = (x: Tensor, axis: number, order: number): Tensor => {
    if (x.dims.at(axis) !== 0) return order > 0 ? max(x, axis) : min(x, axis);
    if (order > 0) return sum(x, axis); // the largest of nothing: the norm of an empty map is 0
    throw new LinAlgError(
      `matrixNorm: ${showShape(a.dims)} is empty: ord ${order} has nothing to choose from`,
      {
        op: "matrixNorm",
        shape: a.dims,
      },
    );
  };
  switch (ord) {
    case "fro":
      return vectorNorm(a, { axis: [-2, -1] });
    case "nuc":
      return sum(svdvals(a), -1);
    case 2:
    case -2:
      return extreme(svdvals(a), -1, ord);
    case 1:
    case -1:
      return extreme(sum(abs(a), -2), -1, ord);
    case Infinity:
    case -Infinity:
      return extreme(sum(abs(a), -1), -1, ord);
    default:
      throw new ConfigError(
        `matrixNorm: unknown ord ${describe(ord)}; use "fro", "nuc", ±1, ±2 or ±Infinity`,
        {
          key: "ord",
          value: ord,
        },
      );
  }
}
