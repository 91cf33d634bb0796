// What an op says about abstract tensors is what it does to data.
import { describe, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { applyAll } from "../../src/op/apply.js";
import type { Cost, Op } from "../../src/op/define.js";
import { allOps } from "../../src/ops/all.js";
import { Polynomial } from "../../src/shape/polynomial.js";
import { showShape } from "../../src/shape/dim.js";
import { bind } from "../../src/tensor/bind.js";
import { abstractTensor } from "../../src/tensor/create.js";
import { dtypes, type DType } from "../../src/tensor/dtype.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { attributesOf, named, numbered, sizes, type Case } from "./case.js";
import { coverage } from "./cases/index.js";
import { makeOperand } from "./layouts.js";

const show = (tensors: readonly Pick<Tensor, "dims" | "dtype">[]): string[] =>
  tensors.map(({ dims, dtype }) => `${dtype} ${showShape(dims)}`);

function price(op: Op, inputs: readonly Tensor[], attributes: unknown): Cost {
  return op.cost({ inputs, outputs: op.infer(inputs, attributes), attributes });
}

const valueOf = (cost: Cost): Record<string, bigint> =>
  Object.fromEntries(
    Object.entries(cost).map(([key, formula]) => [key, (formula as Polynomial).substitute(sizes).value()]),
  );

const inputsOf = (one: Case, dtype: DType): Tensor[] =>
  one.operands.map((operand) => abstractTensor(operand.shape, operand.dtype ?? dtype));

describe.each(allOps.map((op) => [op.name, op as Op] as const))("%s", (name, op) => {
  const { cases, rejects = [] } = coverage[name];
  const allowed = (one: Case) => (one.dtypes ?? dtypes).filter((dtype) => !rejects.includes(dtype));

  test("infers on names what it infers on numbers and makes of data", () => {
    for (const [index, one] of cases.entries()) {
      for (const dtype of allowed(one)) {
        const data = one.operands.map((operand, i) =>
          makeOperand(operand, dtype, "contiguous", 100 * index + i),
        );
        const made = show(applyAll(op, data, attributesOf(one, numbered)));
        const inferred = applyAll(op, inputsOf(one, dtype), attributesOf(one, named));
        expect(inferred.every((output) => output.isAbstract)).toBe(true);
        expect(show(inferred.map((output) => bind(output, sizes)))).toEqual(made);
        const numbers = inputsOf(one, dtype).map((input) => bind(input, sizes));
        expect(show(applyAll(op, numbers, attributesOf(one, numbered)))).toEqual(made);
      }
    }
  });

  test("prices names as it prices numbers", () => {
    for (const one of cases) {
      const [dtype] = allowed(one);
      const byName = price(op, inputsOf(one, dtype), attributesOf(one, named));
      const numbers = inputsOf(one, dtype).map((input) => bind(input, sizes));
      const byNumber = valueOf(price(op, numbers, attributesOf(one, numbered)));
      expect(valueOf(byName)).toEqual(byNumber);
      expect(byNumber["matmulFlops"]).toBeLessThanOrEqual(byNumber["flops"]);
    }
  });

  test("has a case with names", () => {
    expect(
      cases.some((one) => one.operands.some(({ shape }) => shape.some((size) => typeof size === "string"))),
    ).toBe(true);
  });
});
