import { describe, expect, test } from "vitest";
import "../backends/cpu.js";
import { LintelError } from "../base/errors.js";
import { apply } from "../op/apply.js";
import {
  add,
  concat,
  contiguous,
  embedding,
  exp,
  gelu,
  layerNorm,
  linear,
  matmul,
  mul,
  relu,
  reshape,
  rmsNorm,
  rotaryEmbedding,
  scaledDotProductAttention,
  sigmoid,
  silu,
  slice,
  sliceOp,
  softmax,
  square,
  tanh,
  transpose,
} from "../ops/index.js";
import { namedSize, type Size } from "../shape/dim.js";
import { abstractTensor, randn, tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { Program } from "./program.js";
import { Recording } from "./recording.js";
import { Residence } from "./residence.js";

const MOST_BYTES = 2 ** 26;
const residence = (parameters: readonly Tensor[] = []) => new Residence(parameters, MOST_BYTES, () => {});
const past = namedSize("past");
const variables = new Map([["past", (position: number) => position]]);
const ids = abstractTensor([1, 3], "int32");

type Body = (inputs: readonly Tensor[], ids: Tensor) => Tensor;

/** `body` as a program that is given `data` as states. */
function compiled(
  body: Body,
  data: readonly Tensor[],
  parameters: readonly Tensor[] = [],
  positions = 8,
): Program {
  const recording = new Recording();
  const states = data.map((x) => abstractTensor(x.dims, x.dtype));
  const output = recording.during(() => body(states, ids));
  const home = residence(parameters);
  const program = new Program({
    residence: home,
    recording,
    input: ids,
    states,
    output,
    variables,
    positions,
  });
  data.forEach((x, i) => program.state(states[i]).set(x.dataSync() as Float32Array));
  return program;
}

/** Within the rounding of sums of a few terms. */
function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  expected.forEach((x, i) => expect(Math.abs(actual[i] - x)).toBeLessThanOrEqual(32 * 2 ** -24 * largest));
}

const random = (seed: number, ...shape: readonly number[]): Tensor => randn(shape, { seed });

describe("a program computes what the ops compute one by one", () => {
  const x = random(1, 2, 3, 5);
  test.each<[string, Body, Tensor[]]>([
    ["add", ([a, b]) => add(a, b), [x, random(2, 2, 3, 5)]],
    ["add of a row", ([a, b]) => add(a, b), [x, random(2, 5)]],
    ["add of a column", ([a, b]) => add(b, a), [x, random(2, 3, 1)]],
    ["add of transposed", ([a, b]) => add(transpose(a, 0, 1), b), [x, random(2, 3, 2, 5)]],
    ["mul with a number", ([a]) => mul(a, -0.3), [x]],
    ["mul of one element", ([a]) => mul(a, a), [random(1, 1)]],
    ["square", ([a]) => square(a), [x]],
    ["contiguous", ([a]) => contiguous(transpose(a, 0, 1)), [x]],
    ["reshape that copies", ([a]) => reshape(transpose(a, 0, 1), [3, 10]), [x]],
    ["concat", ([a, b]) => concat([a, b, a], 1), [x, random(2, 2, 1, 5)]],
    ["concat of the last axis", ([a, b]) => concat([slice(a, -1, 0, 2), b], -1), [x, random(2, 2, 3, 1)]],
    ["embedding", ([table], places) => embedding(places, table), [random(3, 4, 6)]],
    ["linear", ([a, w]) => linear(a, w), [x, random(2, 7, 5)]],
    ["linear with a bias", ([a, w, b]) => linear(a, w, b), [x, random(2, 7, 5), random(3, 7)]],
    [
      "linear with bias, activation and residual",
      ([a, w, b, r]) => linear(a, w, b, { activation: "silu", residual: r }),
      [x, random(2, 7, 5), random(3, 7), random(4, 2, 3, 7)],
    ],
    [
      "linear with an activation",
      ([a, w]) => linear(a, w, undefined, { activation: "gelu" }),
      [x, random(2, 7, 5)],
    ],
    ["linear, transposed weight", ([a, w]) => linear(a, transpose(w)), [x, random(2, 5, 6)]],
    ["linear of strided rows", ([a, w]) => linear(slice(a, 1, 0, 2), w), [x, random(2, 7, 5)]],
    ["matmul", ([a, b]) => matmul(a, b), [x, random(2, 2, 5, 4)]],
    ["matmul, transposed and shared", ([a, b]) => matmul(a, transpose(b)), [x, random(2, 4, 5)]],
    ["rmsNorm", ([a, w]) => rmsNorm(a, w, { eps: 0.1 }), [x, random(2, 5)]],
    ["rmsNorm alone", ([a]) => rmsNorm(transpose(a, 0, 1)), [x]],
    ["layerNorm", ([a, w, b]) => layerNorm(a, w, b), [x, random(2, 5), random(3, 5)]],
    ["layerNorm alone", ([a]) => layerNorm(a), [x]],
    ["softmax", ([a]) => softmax(a), [x]],
    ["rotary embedding", ([a]) => rotaryEmbedding(a, { theta: 100, offset: 4 }), [random(1, 2, 3, 6)]],
    [
      "rotary embedding, neighbours",
      ([a]) => rotaryEmbedding(a, { style: "interleaved" }),
      [random(1, 2, 3, 6)],
    ],
    ["a reused intermediate", ([a]) => add(exp(a), mul(exp(tanh(a)), exp(relu(a)))), [x]],
    [
      "attention",
      ([q, k, v, bias]) => scaledDotProductAttention(q, k, v, { mask: bias, causal: true }),
      [random(1, 2, 6, 1, 4), random(2, 2, 3, 7, 4), random(3, 2, 3, 7, 5), random(4, 6, 1, 7)],
    ],
    [
      "attention of several queries",
      ([q, k, v]) => scaledDotProductAttention(q, k, v, { scale: 0.7 }),
      [random(1, 2, 3, 4), random(2, 2, 7, 4), random(3, 2, 7, 5)],
    ],
    ["gelu", ([a]) => gelu(a), [x]],
    ["gelu by tanh", ([a]) => gelu(a, { approximate: "tanh" }), [x]],
    ["sigmoid", ([a]) => sigmoid(a), [x]],
    ["silu", ([a]) => silu(a), [x]],
  ])("%s", (_, body, data) => {
    const numbers = [2, 0, 1];
    const expected = body(data, tensor([numbers], { dtype: "int32" }));
    expectClose(compiled(body, data).run(0, numbers), expected.dataSync() as Float32Array);
  });
});

test("NaN and infinities pass through", () => {
  const special = tensor([NaN, Infinity, -Infinity, 0, -0]);
  expect([...compiled(([x]) => add(mul(x, 2), x), [special]).run(0, [0, 0, 0])]).toEqual([
    NaN,
    Infinity,
    -Infinity,
    0,
    -0,
  ]);
});

describe("sizes that change from run to run", () => {
  const view = (x: Tensor, start: Size, length: Size): Tensor =>
    apply(sliceOp, [x], { axis: 0, start, step: 1, length });

  test("a growing axis", () => {
    const [x, w] = [random(1, 8, 3), random(2, 1, 8)];
    const program = compiled(
      ([rows, weights]) => {
        const row = apply(sliceOp, [weights], { axis: 1, start: 0, step: 1, length: past.plus(1) });
        return matmul(mul(row, 2), view(rows, 0, past.plus(1)));
      },
      [x, w],
    );
    expect(program.limit).toBe(8);
    for (const position of [0, 1, 6, 7]) {
      const [rows, row] = [slice(x, 0, 0, position + 1), mul(slice(w, 1, 0, position + 1), 2)];
      expectClose(program.run(position, [0, 0, 0]), matmul(row, rows).dataSync() as Float32Array);
    }
  });

  test("a moving row of a table ends where the table ends", () => {
    const table = random(1, 5, 3);
    const program = compiled(([zero]) => add(view(table, past, 1), zero), [tensor([[0]])], [table]);
    expect(program.limit).toBe(5);
    for (const position of [0, 3, 4]) {
      const expected = slice(table, 0, position, position + 1).dataSync();
      expect([...program.run(position, [0, 0, 0])]).toEqual([...(expected as Float32Array)]);
    }
  });

  test("a state that is written keeps what it was given", () => {
    const recording = new Recording();
    const rows = abstractTensor([4, 2]);
    const output = recording.during(() => {
      recording.assign(view(rows, past, 1), mul(view(rows, 0, 1), 2));
      return mul(rows, 1);
    });
    const program = new Program({
      residence: residence(),
      recording,
      input: ids,
      states: [rows],
      output,
      variables,
      positions: 4,
    });
    program.state(rows).set([5, 6]);
    for (const position of [1, 2, 3]) program.run(position, [0, 0, 0]);
    expect([...program.state(rows)]).toEqual([5, 6, 10, 12, 10, 12, 10, 12]);
  });
});

describe("what has no program", () => {
  const x = random(1, 2, 3);
  test.each<[string, Body]>([
    ["an op without a lowering", ([a]) => softmax(a, 0)],
    ["another dtype", ([a]) => add(a, tensor([1], { dtype: "float64" }))],
    ["an unknown tensor", ([a]) => add(a, abstractTensor([3]))],
    ["an output that moves", ([a]) => apply(sliceOp, [a], { axis: 0, start: past, step: 1, length: 1 })],
    [
      "a size that is not linear",
      ([a]) => mul(apply(sliceOp, [a], { axis: 0, start: past.times(past), step: 1, length: 1 }), 2),
    ],
  ])("%s", (_, body) => {
    expect(() => compiled(body, [x])).toThrow(LintelError);
  });

  test("parameters that are not float32 data, or that get no room", () => {
    expect(() => residence([randn([2], { dtype: "float64" })])).toThrow(LintelError);
    expect(() => residence([abstractTensor([2])])).toThrow(LintelError);
    const full = (bytes: number): never => {
      throw new LintelError(`no ${bytes} bytes`, {});
    };
    expect(() => new Residence([randn([1000])], MOST_BYTES, full)).toThrow("no 4000 bytes");
  });
});
