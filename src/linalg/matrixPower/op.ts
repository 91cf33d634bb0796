import { describe } from "../../base/describe.js";
import { ConfigError } from "../../base/errors.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { expand } from "../../ops/expand/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { Polynomial } from "../../shape/polynomial.js";
import { abstractTensor, eye } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { inv } from "../inv/op.js";
import { squareAxes } from "../common/matrix.js";

export interface MatrixPowerAttributes {
  readonly exponent: number;
}

/** The binary digits of an exponent, lowest first. */
const bitsOf = (exponent: number): string[] => [...BigInt(Math.abs(exponent)).toString(2)].toReversed();

/** Squarings, and products of the squares that the exponent's digits pick. */
function countProducts(exponent: number): number {
  if (exponent === 0) return 0;
  const bits = bitsOf(exponent);
  return bits.length - 1 + bits.filter((bit) => bit === "1").length - 1;
}

export const matrixPowerOp = defineOp<MatrixPowerAttributes>({
  name: "matrixPower",
  infer: ([a]) => {
    squareAxes("matrixPower", a);
    return [{ dims: a.dims, dtype: a.dtype }];
  },
  cost: ({ inputs: [a], attributes: { exponent } }) => {
    const { batch, size } = squareAxes("matrixPower", a);
    const product = Polynomial.product(2, ...batch, size, size, size);
    const matmulFlops = product.times(countProducts(exponent));
    return { flops: exponent < 0 ? matmulFlops.plus(product) : matmulFlops, matmulFlops };
  },
  compose: ([a], { exponent }) => {
    if (exponent === 0) {
      const n = a.dims.at(-1)!;
      const identity = a.isAbstract ? abstractTensor([n, n], a.dtype) : eye(n, n, { dtype: a.dtype });
      return [expand(identity, a.dims)];
    }
    let square = exponent < 0 ? inv(a) : a;
    let power: Tensor | undefined;
    bitsOf(exponent).forEach((bit, place) => {
      if (place > 0) square = matmul(square, square);
      if (bit === "1") power = power === undefined ? square : matmul(power, square);
    });
    return [power!];
  },
});

/**
 * Each matrix to an integer power, by repeated squaring; negative powers by the inverse, power 0 is the identity.
 *
 * @param a `[..., n, n]`
 * @returns `[..., n, n]`
 * @throws LinAlgError when `a` is not square, or singular and `exponent` negative; ConfigError when `exponent` is not
 * an integer
 */
export function matrixPower(a: Tensor, exponent: number): Tensor {
  if (!Number.isSafeInteger(exponent)) {
    throw new ConfigError(`matrixPower: the exponent must be an integer, got ${describe(exponent)}`, {
      key: "exponent",
      value: exponent,
    });
  }
  return apply(matrixPowerOp, [a], { exponent });
}
