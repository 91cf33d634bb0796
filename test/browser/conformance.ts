// The cases of the conformance suite, on the built package: what runs here against each op's own definition.
import { withEngine } from "lintel";
import { apply } from "../../src/op/apply.js";
import type { Op } from "../../src/op/define.js";
import { readValues } from "../../src/op/loops.js";
import { allOps } from "../../src/ops/all.js";
import { fromElements } from "../../src/tensor/create.js";
import { dtypes, type DType } from "../../src/tensor/dtype.js";
import { attributesOf, numbered, type Case } from "../conformance/case.js";
import { coverage } from "../conformance/cases/index.js";
import { mismatch } from "../conformance/compare.js";
import { makeOperand, type Layout } from "../conformance/layouts.js";
import type { WorkerReport } from "./report.js";

const layouts: readonly Layout[] = ["contiguous", "strided"];

/** Runs one case; returns how many elements it made and how they differ from the definition. */
function run(op: Op, one: Case, dtype: DType, layout: Layout): { size: number; difference?: string } {
  const attributes = attributesOf(one, numbered);
  const inputs = one.operands.map((operand, i) => makeOperand(operand, dtype, layout, i));
  // Indices and masks stay what they are.
  const exact = inputs.map((x, i) =>
    one.operands[i].dtype === undefined ? fromElements(readValues(x), x.dims, "float64") : x,
  );
  const expected = withEngine("reference", () => apply(op, exact, attributes));
  const actual = apply(op, inputs, attributes);
  const difference = mismatch(actual, expected, one.terms ?? 1);
  return { size: actual.size, ...(difference !== undefined && { difference }) };
}

export function runConformance(): WorkerReport["conformance"] {
  const ops = new Set<string>();
  const differences: string[] = [];
  let elements = 0;
  for (const op of allOps as readonly Op[]) {
    const { cases, rejects = [] } = coverage[op.name];
    for (const [index, one] of cases.entries()) {
      for (const dtype of (one.dtypes ?? dtypes).filter((type) => !rejects.includes(type))) {
        for (const layout of layouts) {
          const { size, difference } = run(op, one, dtype, layout);
          ops.add(op.name);
          elements += size;
          if (difference !== undefined) {
            differences.push(`${op.name}, case ${index}, ${dtype}, ${layout}: ${difference}`);
          }
        }
      }
    }
  }
  return { ops: [...ops], elements, differences };
}
