import type { DType } from "../../../src/tensor/dtype.js";
import { operands, type Case, type Coverage, type Operand } from "../case.js";

const floats: readonly DType[] = ["float32", "float64", "float16", "bfloat16"];

/** Zeros of both signs, infinities, NaN, halves, and where exp, tanh and float16 leave their range. */
const special = [
  NaN, Infinity, -Infinity, -0, 0, 1, -1, 0.5, 2.5, -2.5, 3.5, 1e-30, 88.5, -88.5, 104, -104, 710, 65504, -65504,
]; // prettier-ignore

/** Below, at and beyond the length of a SIMD register or unrolled loop. */
const unaryShapes = [["B", "n"], [], [1], [0, 3], ["n", 0], ["B", 1, "n", "m"], [17], [3, 67], [2, 17, 67]];

function unary(values: Operand["values"] = "signed", more: readonly Case[] = []): Coverage {
  const plain = unaryShapes.map((shape): Case => ({ operands: [{ shape, values }] }));
  return { cases: [...plain, { operands: [{ shape: [38], values: special }], dtypes: floats }, ...more] };
}

const binaryShapes = [
  [["B", "n"], ["B", "n"]],
  [[], []],
  [["n"], []],
  [[], ["B", "n"]],
  [["B", "n", "m"], ["m"]],
  [["B", "n", 1], [1, "m"]],
  [["B", 1, "m"], ["B", "n", "m"]],
  [[0, 3], [3]],
  [[4, 1], [0]],
  [[3, 67], [3, 67]],
  [[67], [67]],
  [[33, 67], [33, 67]],
  [[33, 67], [67]],
  [[2, 1, 67], [2, 33, 1]],
  [[], [2100]],
]; // prettier-ignore

function binary(right: Operand["values"] = "signed", left: Operand["values"] = "signed"): Coverage {
  const plain = binaryShapes.map(([a, b]): Case => ({
    operands: [
      { shape: a, values: left },
      { shape: b, values: right },
    ],
  }));
  const every: Case = {
    operands: [
      { shape: [57, 1], values: special },
      { shape: [57], values: special },
    ],
    dtypes: floats,
  };
  return { cases: [...plain, every] };
}

const notBool = (coverage: Coverage): Coverage => ({ ...coverage, rejects: ["bool"] });
const exact = (coverage: Coverage): Coverage => ({
  ...coverage,
  cases: coverage.cases.map((one) => ({ ...one, terms: 0 })),
});

const whereCases: Case[] = [
  [["B", "n"], ["B", "n"], ["B", "n"]],
  [["n"], ["B", 1], []],
  [[1, "m"], ["n", 1], ["B", "n", "m"]],
  [[], ["n"], ["n"]],
  [[0, 3], [3], [1]],
  [[33, 1], [33, 67], [67]],
  [[33, 67], [], [2, 1, 67]],
].map(([condition, x, y]) => ({
  operands: [{ shape: condition, dtype: "bool", values: [1, 0, 0, 1, 1, 0, 1] }, ...operands(x, y)],
  terms: 0,
})); // prettier-ignore

/** Fractional bounds only on floats: integers are limited to the integers inside the bounds. */
const clipped = (low: number, high: number, dtypes?: readonly DType[]): Case[] =>
  unary().cases.map((one) => ({ ...one, attributes: { low, high }, terms: 0, ...(dtypes && { dtypes }) }));

export const elementwise = {
  abs: exact(unary()),
  add: binary(),
  cast: {
    cases: (["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool"] as const).map(
      (dtype) => ({
        operands: operands(["B", "n", 3]),
        attributes: dtype,
        terms: 0,
      }),
    ),
  },
  ceil: exact(unary()),
  clip: {
    cases: [
      ...clipped(0, 1),
      ...clipped(-Infinity, 1),
      ...clipped(1, Infinity),
      ...clipped(-0.5, 0.75, floats),
      ...clipped(1, -1, floats),
    ],
  },
  cos: unary(),
  div: binary("positive"),
  eq: exact(binary()),
  erf: unary(),
  exp: unary(),
  floor: exact(unary()),
  ge: exact(binary()),
  gelu: unary(),
  geluTanh: unary(),
  gt: exact(binary()),
  isfinite: exact(unary()),
  isnan: exact(unary()),
  le: exact(binary()),
  log: unary("positive"),
  logicalAnd: exact(binary()),
  logicalNot: exact(unary()),
  logicalOr: exact(binary()),
  logicalXor: exact(binary()),
  lt: exact(binary()),
  maximum: exact(binary()),
  minimum: exact(binary()),
  mul: binary(),
  ne: exact(binary()),
  neg: notBool(exact(unary())),
  pow: binary("positive", "positive"),
  reciprocal: unary("positive"),
  relu: exact(unary()),
  remainder: notBool(binary("positive")),
  round: exact(unary()),
  rsqrt: unary("positive"),
  sigmoid: unary(),
  sign: exact(unary()),
  silu: unary(),
  sin: unary(),
  sqrt: unary("positive"),
  square: unary(),
  sub: notBool(binary()),
  tanh: unary(),
  where: { cases: whereCases },
} satisfies Record<string, Coverage>;
