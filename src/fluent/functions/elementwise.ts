// Elementwise functions, typed. What each computes stands at its op.
import * as ops from "../../ops/index.js";
import type {
  BinaryFunction,
  CastFunction,
  ClipFunction,
  GeluFunction,
  UnaryFunction,
  WhereFunction,
} from "../signatures/elementwise.js";

// ---- two operands, broadcast as in NumPy; either may be a number ----

/**
 * a + b
 *
 * @example
 * add(tensor([[1], [2]]), tensor([10, 20])).toArray(); // [[11, 21], [12, 22]]
 */
export const add = ops.add as BinaryFunction<"add">;
/**
 * a − b
 *
 * @example
 * sub(1, tensor([1, 2])).toArray(); // [0, -1]
 */
export const sub = ops.sub as BinaryFunction<"sub">;
/**
 * a · b
 *
 * @example
 * mul(tensor([1, 2]), tensor([3, 4])).toArray(); // [3, 8]
 */
export const mul = ops.mul as BinaryFunction<"mul">;
/**
 * a / b; integers give float32.
 *
 * @example
 * div(tensor([1, 3]), 2).toArray(); // [0.5, 1.5]
 */
export const div = ops.div as BinaryFunction<"div">;
/**
 * What is left of a after whole multiples of b, with the sign of b, as in Python; by zero NaN, or 0 for
 * integers.
 *
 * @example
 * remainder(tensor([-1, 5]), 3).toArray(); // [2, 2]
 */
export const remainder = ops.remainder as BinaryFunction<"remainder">;
/**
 * a to the power b; NaN for a negative base under a fraction. Throws `LintelError` for an integer to a
 * negative one.
 *
 * @example
 * pow(tensor([2, 9]), tensor([3, 0.5])).toArray(); // [8, 3]
 */
export const pow = ops.pow as BinaryFunction<"pow">;
/**
 * The larger of a and b; NaN where either is.
 *
 * @example
 * maximum(tensor([-1, 2]), 0).toArray(); // [0, 2]
 */
export const maximum = ops.maximum as BinaryFunction<"maximum">;
/**
 * The smaller of a and b; NaN where either is.
 *
 * @example
 * minimum(tensor([-1, 2]), 0).toArray(); // [-1, 0]
 */
export const minimum = ops.minimum as BinaryFunction<"minimum">;
/**
 * a = b, as bool; false where either is NaN.
 *
 * @example
 * eq(tensor([1, 2]), 2).toArray(); // [false, true]
 */
export const eq = ops.eq as BinaryFunction<"eq">;
/**
 * a ≠ b, as bool; true where either is NaN.
 *
 * @example
 * ne(tensor([1, 2]), 2).toArray(); // [true, false]
 */
export const ne = ops.ne as BinaryFunction<"ne">;
/**
 * a < b, as bool.
 *
 * @example
 * lt(tensor([1, 2]), 2).toArray(); // [true, false]
 */
export const lt = ops.lt as BinaryFunction<"lt">;
/**
 * a ≤ b, as bool.
 *
 * @example
 * le(tensor([1, 2]), 2).toArray(); // [true, true]
 */
export const le = ops.le as BinaryFunction<"le">;
/**
 * a > b, as bool.
 *
 * @example
 * gt(tensor([1, 2]), 1).toArray(); // [false, true]
 */
export const gt = ops.gt as BinaryFunction<"gt">;
/**
 * a ≥ b, as bool.
 *
 * @example
 * ge(tensor([1, 2]), 1).toArray(); // [true, true]
 */
export const ge = ops.ge as BinaryFunction<"ge">;
/**
 * True where both are non-zero.
 *
 * @example
 * logicalAnd(tensor([0, 1, 2]), tensor([1, 0, 3])).toArray(); // [false, false, true]
 */
export const logicalAnd = ops.logicalAnd as BinaryFunction<"logicalAnd">;
/**
 * True where one is non-zero.
 *
 * @example
 * logicalOr(tensor([0, 1]), 0).toArray(); // [false, true]
 */
export const logicalOr = ops.logicalOr as BinaryFunction<"logicalOr">;
/**
 * True where exactly one is non-zero.
 *
 * @example
 * logicalXor(tensor([0, 1]), 1).toArray(); // [true, false]
 */
export const logicalXor = ops.logicalXor as BinaryFunction<"logicalXor">;

// ---- one operand ----

/**
 * True where x is zero.
 *
 * @example
 * logicalNot(tensor([0, 2])).toArray(); // [true, false]
 */
export const logicalNot = ops.logicalNot as UnaryFunction;
/**
 * True where x is NaN.
 *
 * @example
 * isnan(tensor([1, NaN])).toArray(); // [false, true]
 */
export const isnan = ops.isnan as UnaryFunction;
/**
 * True where x is neither NaN nor infinite.
 *
 * @example
 * isfinite(tensor([1, NaN, Infinity])).toArray(); // [true, false, false]
 */
export const isfinite = ops.isfinite as UnaryFunction;
/**
 * eˣ
 *
 * @example
 * exp(tensor([0, 1])).toArray(); // [1, 2.71828…]
 */
export const exp = ops.exp as UnaryFunction;
/**
 * Natural logarithm; −∞ at 0, NaN below.
 *
 * @example
 * log(tensor([1, 0])).toArray(); // [0, -Infinity]
 */
export const log = ops.log as UnaryFunction;
/**
 * √x; NaN below 0.
 *
 * @example
 * sqrt(tensor([4, 9])).toArray(); // [2, 3]
 */
export const sqrt = ops.sqrt as UnaryFunction;
/**
 * 1 / √x; ∞ at 0, NaN below.
 *
 * @example
 * rsqrt(tensor([4, 0])).toArray(); // [0.5, Infinity]
 */
export const rsqrt = ops.rsqrt as UnaryFunction;
/**
 * x²
 *
 * @example
 * square(tensor([-2, 3])).toArray(); // [4, 9]
 */
export const square = ops.square as UnaryFunction;
/**
 * 1 / x; integers give float32.
 *
 * @example
 * reciprocal(tensor([2, -4])).toArray(); // [0.5, -0.25]
 */
export const reciprocal = ops.reciprocal as UnaryFunction;
/**
 * |x|
 *
 * @example
 * abs(tensor([-2, 3])).toArray(); // [2, 3]
 */
export const abs = ops.abs as UnaryFunction;
/**
 * −x
 *
 * @example
 * neg(tensor([-2, 3])).toArray(); // [2, -3]
 */
export const neg = ops.neg as UnaryFunction;
/**
 * −1, 0 or 1; NaN stays.
 *
 * @example
 * sign(tensor([-2, 0, 3])).toArray(); // [-1, 0, 1]
 */
export const sign = ops.sign as UnaryFunction;
/**
 * Sine, x in radians.
 *
 * @example
 * sin(tensor([0, Math.PI / 2])).toArray(); // [0, 1]
 */
export const sin = ops.sin as UnaryFunction;
/**
 * Cosine, x in radians.
 *
 * @example
 * cos(tensor([0, Math.PI])).toArray(); // [1, -1]
 */
export const cos = ops.cos as UnaryFunction;
/**
 * Towards −∞.
 *
 * @example
 * floor(tensor([-1.5, 1.5])).toArray(); // [-2, 1]
 */
export const floor = ops.floor as UnaryFunction;
/**
 * Towards +∞.
 *
 * @example
 * ceil(tensor([-1.5, 1.5])).toArray(); // [-1, 2]
 */
export const ceil = ops.ceil as UnaryFunction;
/**
 * To the nearest integer, halves to the even one.
 *
 * @example
 * round(tensor([0.5, 1.5, 2.6])).toArray(); // [0, 2, 3]
 */
export const round = ops.round as UnaryFunction;
/**
 * Hyperbolic tangent.
 *
 * @example
 * tanh(tensor([0, 1])).toArray(); // [0, 0.76159…]
 */
export const tanh = ops.tanh as UnaryFunction;
/**
 * The error function 2/√π · ∫₀ˣ e^(−t²) dt.
 *
 * @example
 * erf(tensor([0, 1])).toArray(); // [0, 0.84270…]
 */
export const erf = ops.erf as UnaryFunction;
/**
 * 1 / (1 + e⁻ˣ)
 *
 * @example
 * sigmoid(tensor([0, 1])).toArray(); // [0.5, 0.73105…]
 */
export const sigmoid = ops.sigmoid as UnaryFunction;
/**
 * max(x, 0)
 *
 * @example
 * relu(tensor([-1, 2])).toArray(); // [0, 2]
 */
export const relu = ops.relu as UnaryFunction;
/**
 * x · sigmoid(x), also called swish (Elfwing, Uchibe and Doya, 2018).
 *
 * @example
 * silu(tensor([0, 1])).toArray(); // [0, 0.73105…]
 */
export const silu = ops.silu as UnaryFunction;
/**
 * x · Φ(x), or its tanh approximation with `approximate: "tanh"` (Hendrycks and Gimpel, 2016).
 *
 * @example
 * gelu(tensor([0, 1])).toArray(); // [0, 0.84134…]
 * gelu(tensor([0, 1]), { approximate: "tanh" }).toArray(); // [0, 0.84119…]
 */
export const gelu = ops.gelu as GeluFunction;
/**
 * x limited to [low, high], NumPy's `clip` and PyTorch's `clamp`; a missing bound does not bind, NaN stays.
 *
 * @example
 * clip(tensor([-2, 0.5, 3]), 0, 1).toArray(); // [0, 0.5, 1]
 */
export const clip = ops.clip as ClipFunction;
/**
 * The same values in another dtype: floats truncate to integers, integers wrap, anything but 0 is true.
 *
 * @example
 * cast(tensor([1.7, -1.7, 0]), "int32").toArray(); // [1, -1, 0]
 */
export const cast = ops.cast as CastFunction;

// ---- three ----

/**
 * x where the condition holds, else y; all three broadcast.
 *
 * @example
 * where(tensor([true, false]), tensor([1, 2]), 0).toArray(); // [1, 0]
 */
export const where = ops.where as WhereFunction;
