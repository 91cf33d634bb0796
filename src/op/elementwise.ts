import { DTypeError } from "../base/errors.js";
import { broadcastShapes } from "../shape/broadcast.js";
import { Polynomial } from "../shape/polynomial.js";
import { floatResult, promoteTypes, type DType } from "../tensor/dtype.js";
import { defineOp, type Op } from "./define.js";
import { mapBigInts, mapBinary, mapBinaryRows, mapUnary, mapUnaryRows } from "./loops.js";
import type { BinaryRow, UnaryRow } from "./loops.js";

interface UnaryRule {
  readonly name: string;
  /** The function itself, in float64: the reference. */
  readonly scalar: (x: number) => number | boolean;
  /** `scalar` as a loop of its own, where the call would cost more than the arithmetic. */
  readonly row?: UnaryRow;
  /** 32-bit wrapping arithmetic, where float64 would lose the low bits of the result. */
  readonly int32?: (x: number) => number;
  /** 64-bit integers, exactly. For ops that keep the dtype. */
  readonly bigint?: (x: bigint) => bigint;
  /** Arithmetic operations per element. */
  readonly flops: number;
  /** `float`: exp, sqrt … answer in a float dtype. `same`: abs, neg … keep theirs. `bool`: tests. Default `float`. */
  readonly result?: "float" | "same" | "bool";
  /** The op to use on truth values, where this one makes no sense. */
  readonly onBool?: string;
}

/** An op that maps every element by itself. */
export function defineUnary(rule: UnaryRule): Op {
  const { name, scalar, row, int32, bigint, flops, result = "float", onBool } = rule;
  const resultType = (dtype: DType): DType => {
    if (dtype === "bool" && onBool !== undefined) throw boolError(name, onBool);
    return result === "bool" ? "bool" : result === "same" ? dtype : floatResult(dtype);
  };
  return defineOp({
    name,
    infer: ([x]) => [{ dims: x.dims, dtype: resultType(x.dtype) }],
    cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(flops, ...y.dims) }),
    reference: ([x], [y]) => {
      if (bigint !== undefined && x.dtype === "int64") mapBigInts([x], y, bigint);
      else if (int32 !== undefined && isInt32(x.dtype)) mapUnary(x, y, int32);
      else if (row !== undefined) mapUnaryRows(x, y, row);
      else mapUnary(x, y, scalar);
    },
  });
}

interface BinaryRule {
  readonly name: string;
  readonly scalar: (a: number, b: number) => number | boolean;
  /** `scalar` as a loop of its own, where the call would cost more than the arithmetic. */
  readonly row?: BinaryRow;
  /** 32-bit wrapping arithmetic, where float64 would lose the low bits of the result. */
  readonly int32?: (a: number, b: number) => number;
  /** 64-bit integers, exactly. */
  readonly bigint?: (a: bigint, b: bigint) => bigint | boolean;
  /** `promote`: the wider operand dtype. `float`: at least float32, as for division. `bool`: comparisons. */
  readonly result?: "promote" | "float" | "bool";
  readonly flops?: number;
  /** The op to use on truth values, where this one makes no sense. */
  readonly onBool?: string;
}

/** An op that combines two tensors element by element, broadcasting them first. */
export function defineBinary(rule: BinaryRule): Op {
  const { name, scalar, row, int32, bigint, result = "promote", flops = 1, onBool } = rule;
  const resultType = (a: DType, b: DType): DType => {
    const promoted = promoteTypes(a, b);
    if (promoted === "bool" && onBool !== undefined) throw boolError(name, onBool);
    return result === "bool" ? "bool" : result === "float" ? floatResult(promoted) : promoted;
  };
  return defineOp({
    name,
    infer: ([a, b]) => [{ dims: broadcastShapes(name, a.dims, b.dims), dtype: resultType(a.dtype, b.dtype) }],
    cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(flops, ...y.dims) }),
    reference: ([a, b], [y]) => {
      const promoted = promoteTypes(a.dtype, b.dtype);
      if (bigint !== undefined && promoted === "int64") mapBigInts([a, b], y, bigint);
      else if (int32 !== undefined && isInt32(promoted)) mapBinary(a, b, y, int32);
      else if (row !== undefined) mapBinaryRows(a, b, y, row);
      else mapBinary(a, b, y, scalar);
    },
  });
}

/** Integers that fit 32 bits: their arithmetic may wrap there. */
const isInt32 = (dtype: DType): boolean => dtype === "int32" || dtype === "uint8";

const boolError = (op: string, instead: string): DTypeError =>
  new DTypeError(`${op}: not defined for bool; use ${instead}, or .cast("int32") first`, {
    op,
    dtypes: ["bool"],
  });
