// What every linalg function costs: the formula as people print it, and one count however the sizes come: as names bound
// later, as names with sizes, as numbers, and from a run on data.
import { describe, expect, test } from "vitest";
import { Recorder, trace, type OpRecord, type Trace } from "../cost/index.js";
import { observe } from "../op/observer.js";
import { bindSize, namedSize, toShape, type Size } from "../shape/dim.js";
import { abstractTensor, tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import * as linalg from "./index.js";

type Call = (a: Tensor, b: Tensor) => unknown;

type Row = readonly [name: keyof typeof linalg, call: Call, shapes: readonly string[]];

const square = ["B,n,n"];
const tall = ["2*n,n"];
const wide = ["B,n,2*n"];
const system = ["B,n,n", "B,n,k"];

// Golub and Van Loan, Matrix Computations, 4th ed., and LAPACK Working Note 41; exact, fractions and all.
const direct: readonly (readonly [...Row, flops: string])[] = [
  ["cholesky", (a) => linalg.cholesky(a), square, "B·n³/3"],
  ["lu", linalg.lu, square, "2·B·n³/3"],
  ["lu", linalg.lu, tall, "5·n³/3"], // mn² − n³/3
  ["lu", linalg.lu, ["n,n+1"], "2·n³/3 + n²"],
  ["det", linalg.det, square, "2·B·n³/3 + B·n"],
  ["slogdet", linalg.slogdet, square, "2·B·n³/3 + 2·B·n"],
  ["inv", linalg.inv, square, "2·B·n³"],
  ["solve", linalg.solve, system, "2·B·k·n² + 2·B·n³/3"],
  ["solve", linalg.solve, ["n,n", "n"], "2·n³/3 + 2·n²"],
  ["solveTriangular", linalg.solveTriangular, system, "B·k·n²"],
  ["matrixPower", (a) => linalg.matrixPower(a, -5), square, "8·B·n³"],
  ["qr", (a) => linalg.qr(a, { mode: "r" }), tall, "10·n³/3"], // 2mn² − 2n³/3
  ["qr", (a) => linalg.qr(a), tall, "20·n³/3"], // 4mn² − 4n³/3
  ["qr", (a) => linalg.qr(a, { mode: "complete" }), tall, "38·n³/3"], // + 4(m²n − mn² + n³/3)
  ["qr", (a) => linalg.qr(a, { mode: "r" }), wide, "10·B·n³/3"], // 2nm² − 2m³/3
  ["qr", (a) => linalg.qr(a, { pivoting: true }), square, "8·B·n³/3"],
  ["svd", (a) => linalg.svd(a), tall, "32·n³"], // 6mn² + 20n³
  ["svd", (a) => linalg.svd(a, { fullMatrices: true }), tall, "38·n³"], // 4m²n + 22n³
  ["svd", (a) => linalg.svd(a), wide, "32·B·n³"],
  ["svdvals", linalg.svdvals, tall, "6·n³"], // 2mn² + 2n³
  ["svdvals", linalg.svdvals, wide, "6·B·n³"],
  ["eigh", (a) => linalg.eigh(a), square, "9·B·n³"],
  ["eigvalsh", (a) => linalg.eigvalsh(a), square, "4·B·n³/3"],
  ["eig", linalg.eig, square, "25·B·n³"],
  ["eigvals", linalg.eigvals, square, "10·B·n³"],
  ["trace", linalg.trace, wide, "B·n"],
  ["kron", linalg.kron, ["n,n", "k,B"], "B·k·n²"],
  ["pairwiseDistances", (a, b) => linalg.pairwiseDistances(a, b), ["B,n,k", "B,2*n,k"], "6·B·k·n²"],
];

// Other ops in sequence: they cost what those cost.
const composed: readonly Row[] = [
  ["vectorNorm", (a) => linalg.vectorNorm(a), square],
  ["norm", (a) => linalg.norm(a, { axis: -1 }), square],
  ["matrixNorm", (a) => linalg.matrixNorm(a), tall],
  ["matrixNorm", (a) => linalg.matrixNorm(a, { ord: 2 }), wide],
  ["lstsq", (a, b) => linalg.lstsq(a, b), ["2*n,n", "2*n,k"]],
  ["pinv", (a) => linalg.pinv(a), tall],
  ["matrixRank", (a) => linalg.matrixRank(a), square],
  ["cond", (a) => linalg.cond(a), wide],
  ["cond", (a) => linalg.cond(a, { ord: 1 }), square],
  ["lowRank", (a) => linalg.lowRank(a, 1), square],
  ["svdLowrank", (a) => linalg.svdLowrank(a, { rank: 2 }), ["B,48,20"]],
  ["pairwiseCosineSimilarity", linalg.pairwiseCosineSimilarity, ["n,k", "2*n,k"]],
];

const sizes = [
  { B: 1, n: 2, k: 1 },
  { B: 2, n: 4, k: 3 },
  { B: 3, n: 5, k: 2 },
] as const;
type Sizes = (typeof sizes)[number];

const dimsOf = (shape: string): Size[] => toShape(shape.split(","));

/** Diagonally dominant where square, so that everything has a factorisation. */
function sample(shape: readonly number[]): Tensor {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1)!];
  const length = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from({ length }, (_, i) => {
    const diagonal = Math.floor(i / columns) % rows === i % columns;
    return Math.sin(i * i + 1) + (diagonal ? 2 * columns : 0);
  });
  return tensor(values, { shape, dtype: "float32" });
}

const summary = ({ op, inputs, outputs, ...record }: OpRecord) => ({
  op,
  inputs: inputs.map(({ dims }) => dims.map(Number)),
  outputs: outputs.map(({ dims }) => dims.map(Number)),
  flops: record.flops.value(),
  matmulFlops: record.matmulFlops.value(),
  bytesRead: record.bytesRead.value(),
  bytesWritten: record.bytesWritten.value(),
});

const totals = ({ totals: { flops, bytesRead } }: Trace) => [flops.value(), bytesRead.value()];

const abstract = (call: Call, shapes: readonly (readonly Size[])[]): Trace => {
  const [a, b] = shapes.map((shape) => abstractTensor(shape));
  return trace(() => call(a, b));
};

function observed(call: Call, shapes: readonly (readonly number[])[]): Trace {
  const recorder = new Recorder();
  const [a, b] = shapes.map(sample);
  observe(recorder.observer, () => call(a, b));
  return recorder.trace();
}

const bound = (shape: string, by: Sizes): number[] => dimsOf(shape).map((size) => Number(bindSize(size, by)));

function checkEveryWay(call: Call, shapes: readonly string[]): void {
  const formulas = abstract(call, shapes.map(dimsOf));
  for (const by of sizes) {
    const numbers = abstract(
      call,
      shapes.map((shape) => bound(shape, by)),
    );
    const run = observed(
      call,
      shapes.map((shape) => bound(shape, by)),
    );
    const named = Object.fromEntries(Object.entries(by).map(([name, size]) => [name, namedSize(name, size)]));
    const withSizes = abstract(
      call,
      shapes.map((shape) => dimsOf(shape).map((size) => bindSize(size, named))),
    );
    for (const way of [formulas.bind(by), withSizes, run]) {
      expect(way.records.map(summary)).toEqual(numbers.records.map(summary));
      expect(totals(way)).toEqual(totals(numbers));
    }
  }
}

describe.each(direct)("%s", (_, call, shapes, flops) => {
  test(`of ${shapes.map((shape) => `[${shape}]`).join(" and ")}: ${flops}`, () => {
    const formulas = abstract(call, shapes.map(dimsOf));
    expect(formulas.ops).toHaveLength(1);
    expect(formulas.totals.flops.toCanonicalString()).toBe(flops);
    checkEveryWay(call, shapes);
  });
});

test.each(composed)("%s: one count every way", (_, call, shapes) => {
  checkEveryWay(call, shapes);
});

test("a count that is not whole is rounded once", () => {
  const count = (run: () => unknown): bigint => trace(() => run()).totals.flops.value();
  const a = abstractTensor([2, 2]);
  expect(count(() => linalg.cholesky(a))).toBe(3n); // 8/3
  expect(count(() => linalg.cholesky(abstractTensor([3, 2, 2])))).toBe(8n); // 24/3, not 3 · 3
  expect(count(() => linalg.cholesky(linalg.cholesky(a)))).toBe(5n); // 16/3
});

test("names that have sizes are compared by them", () => {
  const a = abstractTensor([namedSize("m", 100), namedSize("n", 30)]);
  expect(linalg.svdvals(a).dims.map(String)).toEqual(["n"]);
  expect(linalg.lu(a).L.dims.map(String)).toEqual(["m", "n"]);
  expect(trace(() => linalg.lu(a).L).totals.flops.value()).toBe(81_000n); // mn² − n³/3
  expect(() => linalg.svdvals(abstractTensor(["m", 30]))).toThrow("cannot tell which of m and 30 is smaller");
});

test("formulas are written as people do", () => {
  const flops = (run: () => unknown): string => String(trace(() => run()).totals.flops);
  const a = abstractTensor(["B", "n", "n"]);
  expect(flops(() => linalg.cholesky(a))).toBe("B·n³/3");
  expect(flops(() => linalg.solve(a, abstractTensor(["n"])))).toBe("2·B·n³/3 + 2·n²·B");
  expect(flops(() => linalg.eigvalsh(a))).toBe("4·B·n³/3");
  expect(flops(() => linalg.qr(a))).toBe("8·B·n³/3");
  expect(flops(() => linalg.lu(abstractTensor([100, 30])))).toBe("2·30·30·30/3 + 30·30·70");
});

test("every function of lintel/linalg is here but those that need data", () => {
  const here = new Set<string>([...direct, ...composed].map(([name]) => name));
  const missing = Object.keys(linalg).filter((name) => !here.has(name));
  expect(missing.toSorted()).toEqual(["PCA", "eigsh"]);
});
