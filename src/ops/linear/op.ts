import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { linearShape } from "../../shape/linear.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { linearReference } from "./reference.js";

/** Inputs: x, weight and, when there is one, bias. */
export const linearOp = defineOp({
  name: "linear",
  infer: (inputs) => {
    const [x, weight, bias] = inputs;
    const dtype = inputs.map((input) => input.dtype).reduce(promoteTypes);
    return [{ dims: linearShape(x.dims, weight.dims, bias?.dims), dtype }];
  },
  cost: ({ inputs: [x, weight, bias], outputs: [y] }) => {
    const [outSize, inSize] = weight.dims;
    const matmulFlops = Polynomial.product(2, ...x.dims.slice(0, -1), inSize, outSize);
    const flops = bias === undefined ? matmulFlops : matmulFlops.plus(Polynomial.product(...y.dims));
    return { flops, matmulFlops };
  },
  reference: linearReference,
});

/**
 * `x Wᵀ + b`, a fully connected layer: x [..., in], weight [out, in], bias [out] -> [..., out].
 * Throws `ShapeError` when the sizes of x, weight and bias do not meet.
 *
 * @example
 * linear(x, weight, bias); // [B, n, 768] with [3072, 768] and [3072] -> [B, n, 3072]
 */
export const linear = (x: Tensor, weight: Tensor, bias?: Tensor): Tensor =>
  apply(linearOp, bias === undefined ? [x, weight] : [x, weight, bias], undefined);
