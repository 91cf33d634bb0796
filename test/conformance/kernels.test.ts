// Every kernel of every op against the op's own definition in float64.
import { describe, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { engines, forcedEngine, withEngine, type Engine } from "../../src/backends/engines.js";
import { DTypeError } from "../../src/base/errors.js";
import { apply } from "../../src/op/apply.js";
import { findBackend } from "../../src/op/backend.js";
import type { Kernel, Op } from "../../src/op/define.js";
import { readValues } from "../../src/op/loops.js";
import { allOps } from "../../src/ops/all.js";
import { fromElements } from "../../src/tensor/create.js";
import { dtypes, type DType } from "../../src/tensor/dtype.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { attributesOf, numbered, type Case } from "./case.js";
import { coverage } from "./cases/index.js";
import { mismatch } from "./compare.js";
import { layouts, makeOperand } from "./layouts.js";

const cpu = findBackend("cpu")!;

/** The op's definition: on float64 copies, in row-major order. Indices and masks stay what they are. */
function define(op: Op, inputs: readonly Tensor[], one: Case, attributes: unknown): Tensor {
  const exact = inputs.map((x, i) => {
    const fixed = one.operands[i].dtype !== undefined;
    if (fixed) return x;
    return fromElements(readValues(x), x.dims, "float64");
  });
  if (op.view !== undefined) return apply(op, exact, attributes);
  if (op.reference === undefined) return op.compose!(exact, attributes)[0];
  const outputs = op.infer(exact, attributes).map(({ dims, dtype }) => cpu.allocate(dims, dtype));
  op.reference(exact, outputs, attributes);
  return outputs[0];
}

/** The engines with kernels of their own. */
const enginesHere = engines().filter(({ name, available }) => name !== "reference" && available);

for (const { name, available, summary } of engines()) {
  test.skipIf(!available)(`on the ${name} engine${available ? "" : `: ${summary}`}`, () => {
    expect(withEngine(name, forcedEngine)).toBe(name);
  });
}

type Way = (inputs: Tensor[], attributes: unknown) => Tensor | undefined;

/** The ways in which the CPU can run the op, by name. `undefined`: the way declines these operands. */
function waysOf(op: Op): Map<string, Way> {
  const ways = new Map<string, Way>([["apply", (inputs, attributes) => apply(op, inputs, attributes)]]);
  const add = (name: string, engine: Engine, kernel: Kernel): void => {
    ways.set(name, (inputs, attributes) => {
      const outputs = op.infer(inputs, attributes).map(({ dims, dtype }) => cpu.allocate(dims, dtype));
      const answer = withEngine(engine, () => kernel(inputs, outputs, attributes));
      return answer === false ? undefined : outputs[0];
    });
  };
  for (const { name: engine } of enginesHere) {
    const kernels = withEngine(engine, () => cpu.kernels(op)) as readonly Kernel[];
    kernels.forEach((kernel, i) => add(kernel.name || `kernel ${i}`, engine, kernel));
    ways.set(`apply on ${engine}`, (inputs, attributes) =>
      withEngine(engine, () => apply(op, inputs, attributes)),
    );
  }
  if (op.reference !== undefined) add("reference", "reference", op.reference);
  return ways;
}

/** Every difference between a way of running one case and its definition, in words. */
function differencesOf(op: Op, one: Case, inputs: Tensor[], ran: Set<string>): string[] {
  const found: string[] = [];
  const attributes = attributesOf(one, numbered);
  const before = inputs.map((x) => x.elements.slice());
  const expected = define(op, inputs, one, attributes);
  for (const [name, run] of waysOf(op)) {
    const actual = run(inputs, attributes);
    if (actual === undefined) continue;
    ran.add(name);
    const difference = mismatch(actual, expected, one.terms ?? 1);
    if (difference !== undefined) found.push(`${name}: ${difference}`);
  }
  if (inputs.some((x, i) => !sameBits(x.elements, before[i]))) found.push("input modified");
  return found;
}

/** All cases in one dtype and every layout. */
function differences(op: Op, dtype: DType, ran: Set<string>): string[] {
  return coverage[op.name].cases.flatMap((one, index) => {
    if (one.dtypes !== undefined && !one.dtypes.includes(dtype)) return [];
    return layouts.flatMap((layout, rotation) =>
      // All operands in this layout, then each in another.
      [0, 1].flatMap((turn) => {
        const inputs = one.operands.map((operand, i) =>
          makeOperand(operand, dtype, layouts[(rotation + turn * i) % layouts.length], 100 * index + i),
        );
        return differencesOf(op, one, inputs, ran).map(
          (found) => `case ${index}, ${layout}/${turn}: ${found}`,
        );
      }),
    );
  });
}

/** All cases with the first operand in one dtype and the others in another, in two of the layouts. */
function mixedDifferences(op: Op, first: DType, others: DType): string[] {
  return coverage[op.name].cases.flatMap((one, index) => {
    const given = [first, others];
    if (one.dtypes !== undefined && !given.every((dtype) => one.dtypes!.includes(dtype))) return [];
    return layouts.slice(0, 2).flatMap((layout) => {
      const inputs = one.operands.map((operand, i) =>
        makeOperand(operand, given[Math.min(i, 1)], layout, 100 * index + i),
      );
      return differencesOf(op, one, inputs, new Set()).map((found) => `case ${index}, ${layout}: ${found}`);
    });
  });
}

const sameBits = (a: ArrayBufferView, b: ArrayBufferView): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

test("every op has cases, and every case an op", () => {
  expect(Object.keys(coverage).toSorted()).toEqual(allOps.map((op) => op.name).toSorted());
});

describe.each(allOps.map((op) => [op.name, op as Op] as const))("%s", (name, op) => {
  const { rejects = [], cases } = coverage[name] ?? { cases: [] };
  const ran = new Set<string>();

  const accepted = dtypes.filter((dtype) => !rejects.includes(dtype));
  test.each(accepted)("in %s", (dtype) => {
    expect(differences(op, dtype, ran)).toEqual([]);
  });

  const takesSeveral = cases.some(({ operands }) => operands.filter((x) => x.dtype === undefined).length > 1);
  const pairs = accepted.flatMap((a) => accepted.filter((b) => b !== a).map((b) => [a, b] as const));
  test.each(takesSeveral ? pairs : [])("in %s with %s", (first, others) => {
    expect(mixedDifferences(op, first, others)).toEqual([]);
  });

  test("on every kernel", () => {
    expect([...ran].toSorted()).toEqual([...waysOf(op).keys()].toSorted());
  });

  test.each(rejects)("rejects %s", (dtype) => {
    const inputs = cases[0].operands.map((operand) => makeOperand(operand, dtype, "contiguous", 0));
    expect(() => apply(op, inputs, attributesOf(cases[0], numbered))).toThrow(DTypeError);
  });
});
