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

/** a + b */
export const add = ops.add as BinaryFunction<"add">;
/** a − b */
export const sub = ops.sub as BinaryFunction<"sub">;
/** a · b */
export const mul = ops.mul as BinaryFunction<"mul">;
/** a / b, in floating point. */
export const div = ops.div as BinaryFunction<"div">;
/** What is left of a after whole multiples of b, with the sign of b. */
export const remainder = ops.remainder as BinaryFunction<"remainder">;
/** a to the power b. */
export const pow = ops.pow as BinaryFunction<"pow">;
/** The larger of a and b. */
export const maximum = ops.maximum as BinaryFunction<"maximum">;
/** The smaller of a and b. */
export const minimum = ops.minimum as BinaryFunction<"minimum">;
/** a = b */
export const eq = ops.eq as BinaryFunction<"eq">;
/** a ≠ b */
export const ne = ops.ne as BinaryFunction<"ne">;
/** a < b */
export const lt = ops.lt as BinaryFunction<"lt">;
/** a ≤ b */
export const le = ops.le as BinaryFunction<"le">;
/** a > b */
export const gt = ops.gt as BinaryFunction<"gt">;
/** a ≥ b */
export const ge = ops.ge as BinaryFunction<"ge">;
/** True where both are non-zero. */
export const logicalAnd = ops.logicalAnd as BinaryFunction<"logicalAnd">;
/** True where one is non-zero. */
export const logicalOr = ops.logicalOr as BinaryFunction<"logicalOr">;
/** True where exactly one is non-zero. */
export const logicalXor = ops.logicalXor as BinaryFunction<"logicalXor">;

// ---- one operand ----

/** True where x is zero. */
export const logicalNot = ops.logicalNot as UnaryFunction;
/** True where x is NaN. */
export const isnan = ops.isnan as UnaryFunction;
/** True where x is neither NaN nor infinite. */
export const isfinite = ops.isfinite as UnaryFunction;
/** eˣ */
export const exp = ops.exp as UnaryFunction;
/** Natural logarithm. */
export const log = ops.log as UnaryFunction;
/** √x */
export const sqrt = ops.sqrt as UnaryFunction;
/** 1 / √x */
export const rsqrt = ops.rsqrt as UnaryFunction;
/** x² */
export const square = ops.square as UnaryFunction;
/** 1 / x */
export const reciprocal = ops.reciprocal as UnaryFunction;
/** |x| */
export const abs = ops.abs as UnaryFunction;
/** −x */
export const neg = ops.neg as UnaryFunction;
/** −1, 0 or 1. */
export const sign = ops.sign as UnaryFunction;
/** Sine, x in radians. */
export const sin = ops.sin as UnaryFunction;
/** Cosine, x in radians. */
export const cos = ops.cos as UnaryFunction;
/** Towards −∞. */
export const floor = ops.floor as UnaryFunction;
/** Towards +∞. */
export const ceil = ops.ceil as UnaryFunction;
/** To the nearest integer. */
export const round = ops.round as UnaryFunction;
/** Hyperbolic tangent. */
export const tanh = ops.tanh as UnaryFunction;
/** The error function. */
export const erf = ops.erf as UnaryFunction;
/** 1 / (1 + e⁻ˣ) */
export const sigmoid = ops.sigmoid as UnaryFunction;
/** max(x, 0) */
export const relu = ops.relu as UnaryFunction;
/** x · sigmoid(x) */
export const silu = ops.silu as UnaryFunction;
/** x · Φ(x), or its tanh approximation. */
export const gelu = ops.gelu as GeluFunction;
/** x forced into [low, high]. */
export const clip = ops.clip as ClipFunction;
/** The same values in another dtype. */
export const cast = ops.cast as CastFunction;

// ---- three ----

/** x where the condition holds, else y. */
export const where = ops.where as WhereFunction;
