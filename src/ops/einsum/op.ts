import { apply } from "../../op/apply.js";
import { bytesOfOperand, defineOp, type Cost } from "../../op/define.js";
import { countElements } from "../../shape/dim.js";
import { resolveEinsum, sizesOf, type Einsum } from "../../shape/einsum.js";
import { Polynomial } from "../../shape/polynomial.js";
import { bytesOf, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor, TensorSpec } from "../../tensor/tensor.js";
import { contract } from "./contract.js";
import { planEinsum } from "./plan.js";

const shapesOf = (inputs: readonly TensorSpec[]) => inputs.map((input) => input.dims);

/** One op for observers. Its cost is that of the sums and pairwise products it is made of. */
export const einsumOp = defineOp<string>({
  name: "einsum",
  infer: (inputs, spec) => {
    const einsum = resolveEinsum(spec, shapesOf(inputs));
    const dtype = inputs.map((input) => input.dtype).reduce(promoteTypes);
    return [{ dims: sizesOf(einsum, einsum.output), dtype }];
  },
  cost: ({ inputs, attributes: spec }) => einsumCost(resolveEinsum(spec, shapesOf(inputs)), inputs),
  compose: (inputs, spec) => {
    const einsum = resolveEinsum(spec, shapesOf(inputs));
    return [contract(einsum, planEinsum(einsum, shapesOf(inputs)), inputs)];
  },
});

function einsumCost(einsum: Einsum, inputs: readonly TensorSpec[]): Cost {
  const width = bytesOf(inputs.map((input) => input.dtype).reduce(promoteTypes));
  const bytes = (labels: readonly string[]) => Polynomial.product(...sizesOf(einsum, labels), width);
  const zero = Polynomial.constant(0);
  const cost = { flops: zero, matmulFlops: zero, bytesRead: zero, bytesWritten: zero };
  const operandBytes = inputs.map(bytesOfOperand);
  for (const step of planEinsum(einsum, shapesOf(inputs))) {
    if (step.kind === "sum") {
      const elements = countElements(sizesOf(einsum, [...step.kept, ...step.over]));
      cost.flops = cost.flops.plus(elements);
      cost.bytesRead = cost.bytesRead.plus(operandBytes[step.operand]);
      operandBytes[step.operand] = bytes(step.kept);
      cost.bytesWritten = cost.bytesWritten.plus(operandBytes[step.operand]);
      continue;
    }
    const [i, j] = step.operands;
    const result = [...step.batch, ...step.left, ...step.right];
    const products = sizesOf(einsum, [...result, ...step.contracted]);
    if (step.contracted.length === 0) cost.flops = cost.flops.plus(Polynomial.product(...products));
    else {
      const flops = Polynomial.product(2, ...products);
      cost.flops = cost.flops.plus(flops);
      cost.matmulFlops = cost.matmulFlops.plus(flops);
    }
    cost.bytesRead = cost.bytesRead.plus(operandBytes[i]).plus(operandBytes[j]);
    operandBytes.splice(j, 1);
    operandBytes.splice(i, 1);
    operandBytes.push(bytes(result));
    cost.bytesWritten = cost.bytesWritten.plus(operandBytes[operandBytes.length - 1]);
  }
  return cost;
}

/**
 * Sums of products over named axes, as NumPy's `einsum`: letters name axes, a letter missing from the output is
 * summed, a repeated one in an operand takes its diagonal, `...` broadcasts, and without `->` the output holds the
 * letters that occur once, sorted. Every pairwise contraction runs as a matrix product.
 * Throws `ShapeError` when a letter has two sizes or a subscript the wrong rank.
 *
 * @example
 * einsum("bhqd,bhkd->bhqk", q, k);
 */
export const einsum = (spec: string, ...operands: readonly Tensor[]): Tensor =>
  apply(einsumOp, operands, spec);
