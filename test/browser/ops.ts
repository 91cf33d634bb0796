// What people use most, through the public package, on sizes beside those of registers, tiles and blocks.
import {
  add,
  exp,
  layerNorm,
  linear,
  log,
  matmul,
  mul,
  relu,
  rsqrt,
  scaledDotProductAttention,
  sigmoid,
  silu,
  softmax,
  sqrt,
  tanh,
  tensor,
  type Tensor,
} from "lintel";
import {
  causalAttention,
  compareEach,
  compareSums,
  layerNormRows,
  product,
  softmaxRows,
  wave,
} from "./references.js";
import type { Comparison } from "./report.js";

const values = (x: Tensor): Float32Array => x.dataSync() as Float32Array;

/** One product of [m, k] and [k, n]. */
export function compareMatmul(m: number, k: number, n: number): Comparison {
  const [a, b] = [wave(m * k, 0.37), wave(k * n, 1.13)];
  const c = matmul(tensor(a, { shape: [m, k] }), tensor(b, { shape: [k, n] }));
  return compareSums(`matmul ${m}×${k}×${n}`, values(c), product(a, b, [m, k, n]), k);
}

function compareLinear(rows: number, width: number, outputs: number): Comparison {
  const [x, weight, bias] = [wave(rows * width, 0.7), wave(outputs * width, 0.31), wave(outputs, 2.1)];
  const y = linear(
    tensor(x, { shape: [rows, width] }),
    tensor(weight, { shape: [outputs, width] }),
    tensor(bias, { shape: [outputs] }),
  );
  const expected = product(x, weight, [rows, width, outputs], { transposed: true, bias });
  return compareSums("linear", values(y), expected, width + 1);
}

function compareSoftmax(rows: number, columns: number): Comparison {
  const x = wave(rows * columns, 0.9).map((value) => 10 * value);
  const y = softmax(tensor(x, { shape: [rows, columns] }), -1);
  return compareSums("softmax", values(y), softmaxRows(x, columns), columns);
}

function compareLayerNorm(rows: number, columns: number): Comparison {
  const [x, weight, bias] = [wave(rows * columns, 0.9), wave(columns, 1.7), wave(columns, 0.2)];
  const y = layerNorm(
    tensor(x, { shape: [rows, columns] }),
    tensor(weight, { shape: [columns] }),
    tensor(bias, { shape: [columns] }),
  );
  return compareSums("layerNorm", values(y), layerNormRows(x, weight, bias, 1e-5), columns);
}

function compareAttention(heads: number, n: number, d: number): Comparison {
  const inputs = [wave(heads * n * d, 0.41), wave(heads * n * d, 0.77), wave(heads * n * d, 1.3)] as const;
  const [q, k, v] = inputs.map((data) => tensor(data, { shape: [1, heads, n, d] }));
  const y = scaledDotProductAttention(q, k, v, { causal: true });
  return compareSums("attention", values(y), causalAttention(inputs, [heads, n, d]), n + d);
}

/** Each function, what it is on numbers, and whether it wants positive ones. */
const functions: readonly (readonly [string, (x: Tensor) => Tensor, (x: number) => number, "positive"?])[] = [
  ["exp", exp, Math.exp],
  ["log", log, Math.log, "positive"],
  ["sqrt", sqrt, Math.sqrt, "positive"],
  ["rsqrt", rsqrt, (x) => 1 / Math.sqrt(x), "positive"],
  ["tanh", tanh, Math.tanh],
  ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ["silu", silu, (x) => x / (1 + Math.exp(-x))],
  ["relu", relu, (x) => Math.max(0, x)],
];

function compareElementwise(): Comparison[] {
  const length = 4099;
  const x = wave(length, 0.013).map((value) => 8 * value);
  const row = wave(17, 0.6);
  const tall = wave(31 * 17, 0.19);
  const [a, b] = [tensor(tall, { shape: [31, 17] }), tensor(row, { shape: [17] })];
  const each = (change: (p: number, q: number) => number): Float64Array =>
    Float64Array.from(tall, (value, i) => change(value, row[i % 17]));
  const sums = each((p, q) => p + q);
  const products = each((p, q) => p * q);
  return [
    ...functions.map(([name, run, define, domain]) => {
      const data = domain === "positive" ? x.map((value) => value * value + 0.1) : x;
      return compareEach(name, values(run(tensor(data))), Float64Array.from(data, define));
    }),
    compareEach("add", values(add(a, b)), sums),
    compareEach("mul", values(mul(a, b)), products),
  ];
}

export function compareOps(): Comparison[] {
  return [
    compareMatmul(1, 300, 70),
    compareMatmul(5, 7, 9),
    compareMatmul(67, 130, 33),
    compareLinear(33, 96, 50),
    compareSoftmax(37, 101),
    compareLayerNorm(19, 96),
    compareAttention(3, 33, 16),
    ...compareElementwise(),
  ];
}
