// The leading singular triplets, by each route.
import { Random } from "../../base/random.js";
import { readValues } from "../../op/loops.js";
import { cast } from "../../ops/cast/op.js";
import { concat } from "../../ops/concat/op.js";
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
import type { SamplingOptions } from "./options.js";
import { extendRange, reducedQr, type Range } from "./rangeFinder.js";

/** Singular triplets in order, more of them than were asked for, and the factors of the first `rank`. */
export interface Triplets {
  /** `[..., l]`, descending. */
  readonly S: Tensor;
  /** U `[..., m, rank]` and Vh `[..., rank, n]`. */
  readonly factors: (rank: number) => { U: Tensor; Vh: Tensor };
}

/**
 * The triplets of M ≈ Q Z: for Z = W Σ Pᵀ they are (Q W) Σ Pᵀ. `needed` says how many will be asked for. A float32 Z
 * goes by its Gram matrix where that is precise, in float32 if that does, else through Zᵀ = P₁ R and the small svd of Rᵀ.
 */
export function tripletsOfRange(range: Range, needed: (S: Tensor) => number): Triplets {
  const Z = concat(range.Z, -2);
  const byGram = (): Triplets | undefined =>
    gramTriplets(Z, needed, "float32") ?? gramTriplets(Z, needed, "float64");
  const { S, factors } = (Z.dtype === "float32" ? byGram() : undefined) ?? thinTriplets(Z);
  return {
    S,
    factors: (rank) => {
      const { U, Vh } = factors(rank);
      return { U: matmul(transpose(range.Qt), U), Vh };
    },
  };
}

function thinTriplets(Z: Tensor): Triplets {
  const { Q: P, R } = reducedQr(transpose(Z));
  const { U: W, S, Vh } = svd(transpose(R));
  return {
    S,
    factors: (rank) => ({
      U: slice(W, -1, 0, rank),
      Vh: matmul(slice(Vh, -2, 0, rank), transpose(P)),
    }),
  };
}

/** The first `rank` triplets, nearly, from random samples. */
export function randomizedTriplets(
  a: Tensor,
  rank: number,
  { oversampling, iterations, seed }: Required<SamplingOptions>,
): Triplets {
  const found = (M: Tensor): Range =>
    extendRange(M, undefined, rank + oversampling, iterations, new Random(seed));
  return wide(a, (M) => tripletsOfRange(found(M), () => rank));
}

/** Every triplet, by the thin svd. */
export function svdTriplets(a: Tensor): Triplets {
  const { U, S, Vh } = svd(a);
  return { S, factors: (rank) => ({ U: slice(U, -1, 0, rank), Vh: slice(Vh, -2, 0, rank) }) };
}

/**
 * Singular values whose square is at least this times the largest square have a right float32 vector on the other
 * side: a Gram matrix of float64 errs by 2⁻⁵² of its norm, one of float32 by a few 2⁻²⁴.
 */
const gramFloor = { float64: 2 ** -28, float32: 2 ** -4 };

/**
 * Every triplet of float32 matrices from AAᵀ, or AᵀA where that is smaller, with products in `precision`; undefined when
 * the first `rank` reach below what that resolves.
 */
export function gramTriplets(
  a: Tensor,
  needed: (S: Tensor) => number,
  precision: "float32" | "float64",
): Triplets | undefined {
  const rowsAreShort = isWide(a);
  const A = cast(a, precision);
  const At = transpose(A);
  const gram = rowsAreShort ? matmul(A, At) : matmul(At, A);
  const { eigenvalues, eigenvectors } = eigh(cast(gram, "float64"));
  const [squares, W] = [flip(maximum(eigenvalues, 0), -1), flip(eigenvectors, -1)];
  const S = sqrt(squares);
  if (!precise(squares, needed(S), gramFloor[precision])) return undefined;
  return {
    S: cast(S, a.dtype),
    factors: (kept) => {
      const vectors = slice(W, -1, 0, kept);
      // The other side is A times these, over the singular values: so scaled they are the smaller factor.
      const scaled = cast(div(vectors, unsqueeze(slice(S, -1, 0, kept), -2)), precision);
      const [U, Vh] = rowsAreShort
        ? [vectors, matmul(transpose(scaled), A)]
        : [matmul(A, scaled), transpose(vectors)];
      return { U: cast(U, a.dtype), Vh: cast(Vh, a.dtype) };
    },
  };
}

function precise(squares: Tensor, rank: number, floor: number): boolean {
  if (squares.isAbstract || rank === 0) return true;
  const [count, values] = [squares.sizes.at(-1)!, readValues(squares)];
  for (let start = 0; start < values.length; start += count) {
    if (values[start + rank - 1] < floor * values[start] || values[start] === 0) return false;
  }
  return true;
}

/** Runs on A or, when it is tall, on Aᵀ, and swaps the factors back. */
function wide(a: Tensor, run: (M: Tensor) => Triplets): Triplets {
  return isWide(a) ? run(a) : swapped(run(transpose(a)));
}

/** Whether a has more columns than rows. A name is more than any number. */
export function isWide(a: Tensor): boolean {
  const [rows, columns] = a.dims.slice(-2).map((size) => (isKnown(size) ? sizeValue(size) : Infinity));
  return rows < columns;
}

/** The triplets of Aᵀ as those of A. */
export function swapped({ S, factors }: Triplets): Triplets {
  return {
    S,
    factors: (rank) => {
      const { U, Vh } = factors(rank);
      return { U: transpose(Vh), Vh: transpose(U) };
    },
  };
}
