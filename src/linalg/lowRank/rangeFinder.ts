import { Random } from "../../base/random.js";
import { applyAll } from "../../op/apply.js";
import { concat } from "../../ops/concat/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { sizeValue } from "../../shape/dim.js";
import { allocate } from "../../tensor/dtype.js";
import { abstractTensor, fromElements } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { qrOp } from "../qr/op.js";
import { nearlyOrthonormal } from "./rescale.js";

/** An orthonormal Q [..., m, l] whose range holds nearly that of M, and Z = MᵀQ [..., n, l]: M ≈ Q Zᵀ. */
export interface Range {
  readonly Q: Tensor;
  readonly Z: Tensor;
}

/**
 * Adds `width` directions to a range of M [..., m, n]: M times random signs, sharpened by `iterations` power
 * iterations, its directions kept apart after every product (Halko, Martinsson and Tropp, "Finding structure with randomness",
 * SIAM Review 53, 2011, algorithms 4.4 and 4.2). What `known` spans already is projected out.
 */
export function extendRange(
  M: Tensor,
  known: Range | undefined,
  width: number,
  iterations: number,
  random: Random,
): Range {
  const Mt = transpose(M);
  const outside = (Y: Tensor): Tensor =>
    known === undefined ? Y : sub(Y, matmul(known.Q, matmul(transpose(known.Q), Y)));
  let Y = outside(matmul(M, randomSigns(M, width, random)));
  for (let i = 0; i < iterations; i++) Y = outside(matmul(M, between(matmul(Mt, between(Y)))));
  // A direction that was nearly inside comes out of the division by its small rest full of rounding: twice.
  const Q = known === undefined ? basis(Y) : basis(outside(basis(Y)));
  const Z = matmul(Mt, Q);
  if (known === undefined) return { Q, Z };
  return { Q: concat([known.Q, Q], -1), Z: concat([known.Z, Z], -1) };
}

const basis = (Y: Tensor): Tensor => reducedQr(Y).Q;

/** What keeps the directions apart from one product to the next. */
const between = (Y: Tensor): Tensor => (Y.dtype === "float32" ? nearlyOrthonormal(Y) : basis(Y));

/** Y = Q R with as many columns in Q as Y has, or rows if those are fewer. */
export function reducedQr(Y: Tensor): { Q: Tensor; R: Tensor } {
  const [Q, R] = applyAll(qrOp, [Y], { mode: "reduced", pivoting: false });
  return { Q, R };
}

/** ±1 with equal chance, [n, width]: a test matrix as good as a Gaussian one, and far cheaper to draw. */
function randomSigns(M: Tensor, width: number, random: Random): Tensor {
  const rows = M.dims.at(-1)!;
  if (M.isAbstract) return abstractTensor([rows, width], M.dtype);
  const signs = allocate(M.dtype, sizeValue(rows) * width) as Float32Array | Float64Array;
  for (let i = 0, bits = 0; i < signs.length; i++) {
    if (i % 32 === 0) bits = random.bits();
    signs[i] = (bits >>> (i % 32)) & 1 ? 1 : -1;
  }
  return fromElements(signs, [rows, width], M.dtype);
}
