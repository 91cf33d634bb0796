// The leading singular triplets, by each route.
import { Random } from "../../base/random.js";
import { readValues } from "../../op/loops.js";
import { cast } from "../../ops/cast/op.js";
import { div } from "../../ops/div/op.js";
import { flip } from "../../ops/flip/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { maximum } from "../../ops/maximum/op.js";
import { slice } from "../../ops/slice/op.js";
import { sqrt } from "../../ops/sqrt/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { isKnown, sizeValue } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eigh } from "../eigh/op.js";
import { svd } from "../svd/op.js";
import { extendRange, reducedQr, type Range } from "./rangeFinder.js";

/** Singular triplets in order, more of them than were asked for, and the factors of the first `rank`. */
export interface Triplets {
  /** `[..., l]`, descending. */
  readonly S: Tensor;
  /** U `[..., m, rank]` and Vh `[..., rank, n]`. */
  readonly factors: (rank: number) => { U: Tensor; Vh: Tensor };
}

/** The small svd behind a range: QᵀM = Zᵀ = Rᵀ Pᵀ, so that M ≈ (Q W) Σ (P X)ᵀ with Rᵀ = W Σ Xᵀ. */
export function tripletsOfRange({ Q, Z }: Range): Triplets {
  const { Q: P, R } = reducedQr(Z);
  const { U: W, S, Vh: Xt } = svd(transpose(R));
  return {
    S,
    factors: (rank) => ({
      U: matmul(Q, slice(W, -1, 0, rank)),
      Vh: matmul(slice(Xt, -2, 0, rank), transpose(P)),
    }),
  };
}

/** The first `width` triplets, nearly, from random samples of the longer side. */
export function randomizedTriplets(a: Tensor, width: number, iterations: number, seed: number): Triplets {
  return tall(a, (M) => tripletsOfRange(extendRange(M, undefined, width, iterations, new Random(seed))));
}

/** Every triplet, by the thin svd. */
export function svdTriplets(a: Tensor): Triplets {
  const { U, S, Vh } = svd(a);
  return { S, factors: (rank) => ({ U: slice(U, -1, 0, rank), Vh: slice(Vh, -2, 0, rank) }) };
}

/**
 * Singular values whose square is at least this times the largest square have a right float32 vector on the other
 * side: the Gram matrix of float64 errs by 2⁻⁵² of its norm.
 */
const gramFloor = 2 ** -28;

/** Every triplet of float32 matrices from AᵀA in float64; undefined when the first `rank` reach below its precision. */
export function gramTriplets(a: Tensor, needed: (S: Tensor) => number): Triplets | undefined {
  return tall(a, (M) => {
    const wide = cast(M, "float64"); // [..., m, n], m ≥ n
    const { eigenvalues, eigenvectors } = eigh(matmul(transpose(wide), wide));
    const [squares, V] = [flip(maximum(eigenvalues, 0), -1), flip(eigenvectors, -1)];
    const S = sqrt(squares);
    const rank = needed(S);
    if (!precise(squares, rank)) return undefined;
    return {
      S: cast(S, a.dtype),
      factors: (kept) => {
        const right = slice(V, -1, 0, kept);
        const left = div(matmul(wide, right), unsqueeze(slice(S, -1, 0, kept), -2));
        return { U: cast(left, a.dtype), Vh: cast(transpose(right), a.dtype) };
      },
    };
  });
}

function precise(squares: Tensor, rank: number): boolean {
  if (squares.isAbstract || rank === 0) return true;
  const [count, values] = [squares.sizes.at(-1)!, readValues(squares)];
  for (let start = 0; start < values.length; start += count) {
    if (values[start + rank - 1] < gramFloor * values[start] || values[start] === 0) return false;
  }
  return true;
}

/** Runs on A or, when it is wide, on Aᵀ, and swaps the factors back. */
export function tall<T extends Triplets | undefined>(a: Tensor, run: (M: Tensor) => T): T {
  if (!isWide(a)) return run(a);
  return swapped(run(transpose(a)));
}

export function isWide(a: Tensor): boolean {
  const [rows, columns] = a.dims.slice(-2);
  return isKnown(rows) && isKnown(columns) && sizeValue(rows) < sizeValue(columns);
}

/** The triplets of Aᵀ as those of A. */
export function swapped<T extends Triplets | undefined>(found: T): T {
  if (found === undefined) return found;
  const { S, factors } = found;
  const swap = (rank: number): { U: Tensor; Vh: Tensor } => {
    const { U, Vh } = factors(rank);
    return { U: transpose(Vh), Vh: transpose(U) };
  };
  return { S, factors: swap } as T;
}
