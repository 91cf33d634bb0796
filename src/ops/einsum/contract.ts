import { apply } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { addSizes, countElements } from "../../shape/dim.js";
import { sizesOf, type Einsum } from "../../shape/einsum.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cast } from "../cast/op.js";
import { matmul } from "../matmul/op.js";
import { reshape } from "../reshape/op.js";
import { sum } from "../sum/op.js";
import type { Step } from "./plan.js";

/** A tensor whose axes have labels. */
interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

/** Reorders labelled axes; a label that stands for two axes walks their diagonal, one left out must have size 1. */
const relabelOp = defineView<{ readonly from: readonly string[]; readonly to: readonly string[] }>(
  "relabel",
  ({ dims, strides }, { from, to }) => ({
    dims: to.map((label) => dims[from.indexOf(label)]),
    strides: to.map((label) =>
      strides.filter((_, axis) => from[axis] === label).reduce((total, stride) => addSizes(total, stride), 0),
    ),
  }),
);

function relabel({ tensor, labels }: Labelled, to: readonly string[]): Tensor {
  const same = labels.length === to.length && labels.every((label, i) => label === to[i]);
  return same ? tensor : apply(relabelOp, [tensor], { from: labels, to });
}

/** Runs the steps of a plan with other ops, on any device. All of them compute in the dtype of the result. */
export function contract(einsum: Einsum, steps: readonly Step[], inputs: readonly Tensor[]): Tensor {
  const dtype = inputs.map((input) => input.dtype).reduce(promoteTypes);
  const operands: Labelled[] = inputs.map((input, i) => {
    const labels = [...new Set(einsum.inputs[i])];
    return { tensor: relabel({ tensor: cast(input, dtype), labels: einsum.inputs[i] }, labels), labels };
  });
  for (const step of steps) {
    if (step.kind === "sum") {
      const { tensor, labels } = operands[step.operand];
      const reduced = sum(
        relabel({ tensor, labels }, [...step.kept, ...step.over]),
        step.over.map((_, i) => step.kept.length + i),
      );
      // sum answers integers in int64
      operands[step.operand] = { tensor: cast(reduced, dtype), labels: step.kept };
      continue;
    }
    const [i, j] = step.operands;
    const { batch, left, right, contracted } = step;
    const size = (labels: readonly string[]) => countElements(sizesOf(einsum, labels));
    const matrix = (operand: Labelled, rows: readonly string[], columns: readonly string[]) =>
      reshape(relabel(operand, [...batch, ...rows, ...columns]), [
        ...sizesOf(einsum, batch),
        size(rows),
        size(columns),
      ]);
    const product = matmul(matrix(operands[i], left, contracted), matrix(operands[j], contracted, right));
    const labels = [...batch, ...left, ...right];
    operands.splice(j, 1);
    operands.splice(i, 1);
    operands.push({ tensor: reshape(product, sizesOf(einsum, labels)), labels });
  }
  return relabel(operands[0], einsum.output);
}
