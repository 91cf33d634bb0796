import { DTypeError } from "../../base/errors.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { mul } from "../../ops/mul/op.js";
import { reshape } from "../../ops/reshape/op.js";
import { multiplySizes, type Size } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

/** Both shapes with as many axes, the shorter one filled up with 1 in front. */
function padShapes(a: readonly Size[], b: readonly Size[]): [Size[], Size[]] {
  const rank = Math.max(a.length, b.length);
  const pad = (shape: readonly Size[]): Size[] => [
    ...Array.from({ length: rank - shape.length }, () => 1),
    ...shape,
  ];
  return [pad(a), pad(b)];
}

export const kronOp = defineOp({
  name: "kron",
  infer: ([a, b]) => {
    const [left, right] = padShapes(a.dims, b.dims);
    const dtype = promoteTypes(a.dtype, b.dtype);
    if (dtype === "bool") {
      throw new DTypeError(`kron: not defined for bool; .cast("int32") first`, {
        op: "kron",
        dtypes: [dtype],
      });
    }
    return [{ dims: left.map((size, axis) => multiplySizes(size, right[axis])), dtype }];
  },
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(...y.dims) }),
  compose: ([a, b]) => {
    const [left, right] = padShapes(a.dims, b.dims);
    const apart = reshape(
      a,
      left.flatMap((size) => [size, 1]),
    );
    const product = mul(
      apart,
      reshape(
        b,
        right.flatMap((size) => [1, size]),
      ),
    );
    return [
      reshape(
        product,
        left.map((size, axis) => multiplySizes(size, right[axis])),
      ),
    ];
  },
});

/**
 * The Kronecker product: every entry of a times all of b, a₀₀·b, a₀₁·b … as blocks. As NumPy's `kron`, all axes take
 * part, and the shorter shape is filled up with ones in front: there is no batch.
 *
 * @param a `[m, n]`, or any shape
 * @param b `[p, q]`, or any shape
 * @returns `[m·p, n·q]`
 */
export const kron = (a: Tensor, b: Tensor): Tensor => apply(kronOp, [a, b], undefined);
