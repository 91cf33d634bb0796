import { broadcastShapes } from "../shape/broadcast.js";
import { Polynomial } from "../shape/polynomial.js";
import { floatResult, promoteTypes, type DType } from "../tensor/dtype.js";
import { defineOp, type Op } from "./define.js";
import { mapBinary, mapUnary } from "./loops.js";

interface UnaryRule {
  readonly name: string;
  /** The function itself, in float64: the reference. */
  readonly scalar: (x: number) => number;
  /** Arithmetic operations per element. */
  readonly flops: number;
  /** `float`: exp, sqrt … answer in a float dtype. `same`: abs, neg … keep theirs. `bool`: tests. Default `float`. */
  readonly result?: "float" | "same" | "bool";
}

/** An op that maps every element by itself. */
export function defineUnary({ name, scalar, flops, result = "float" }: UnaryRule): Op {
  const resultType = (dtype: DType): DType =>
    result === "bool" ? "bool" : result === "same" ? dtype : floatResult(dtype);
  return defineOp({
    name,
    infer: ([x]) => [{ dims: x!.dims, dtype: resultType(x!.dtype) }],
    cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(flops, ...y!.dims) }),
    reference: ([x], [y]) => mapUnary(x!, y!, scalar),
  });
}

interface BinaryRule {
  readonly name: string;
  readonly scalar: (a: number, b: number) => number;
  /** `promote`: the wider operand dtype. `float`: at least float32, as for division. `bool`: comparisons. */
  readonly result?: "promote" | "float" | "bool";
  readonly flops?: number;
}

/** An op that combines two tensors element by element, broadcasting them first. */
export function defineBinary({ name, scalar, result = "promote", flops = 1 }: BinaryRule): Op {
  const resultType = (a: DType, b: DType): DType => {
    if (result === "bool") return "bool";
    const promoted = promoteTypes(a, b);
    return result === "float" ? floatResult(promoted) : promoted;
  };
  return defineOp({
    name,
    infer: ([a, b]) => [
      { dims: broadcastShapes(name, a!.dims, b!.dims), dtype: resultType(a!.dtype, b!.dtype) },
    ],
    cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(flops, ...y!.dims) }),
    reference: ([a, b], [y]) => mapBinary(a!, b!, y!, scalar),
  });
}
