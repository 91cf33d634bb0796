// From triplets to certified factors: of a given rank, or of the least rank that meets an error.
import { LinAlgError } from "../../base/errors.js";
import { Random } from "../../base/random.js";
import { readValues } from "../../op/loops.js";
import { add } from "../../ops/add/op.js";
import { cast } from "../../ops/cast/op.js";
import { concat } from "../../ops/concat/op.js";
import { ge } from "../../ops/ge/op.js";
import { max } from "../../ops/max/op.js";
import { min } from "../../ops/min/op.js";
import { mul } from "../../ops/mul/op.js";
import { slice } from "../../ops/slice/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { where } from "../../ops/where/op.js";
import { isKnown, showShape, sizeValue } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { vectorNorm } from "../norm/op.js";
import {
  capturedEnergy,
  certifiedErrors,
  isTrusted,
  residualErrors,
  squaredRounding,
} from "./certificate.js";
import type { SamplingOptions } from "./options.js";
import { extendRange, type Range } from "./rangeFinder.js";
import { chooseRoute, exactRoute, type Size2 } from "./routes.js";
import {
  gramTriplets,
  isWide,
  randomizedTriplets,
  svdTriplets,
  swapped,
  tripletsOfRange,
  type Triplets,
} from "./triplets.js";

export interface LowrankSvd {
  readonly U: Tensor;
  readonly S: Tensor;
  readonly Vh: Tensor;
  /** ‖A − U diag(S) Vh‖_F / ‖A‖_F or a little more, never less; the largest of a batch; NaN for abstract tensors. */
  readonly error: number;
}

interface Problem {
  /** The operand as it was given. */
  readonly given: Tensor;
  /** The same times 2^−exponent, in float32 or float64: no product of it overflows or vanishes. */
  readonly A: Tensor;
  readonly exponent: number;
  /** ‖A‖_F of every matrix. */
  readonly norms: Float64Array;
  readonly sampling: Required<SamplingOptions>;
}

/** Brings matrices of extreme size to size 1. */
export function prepare(
  given: Tensor,
  A: Tensor,
  norms: Float64Array,
  sampling: Required<SamplingOptions>,
): Problem {
  const [modest, farthest] = A.dtype === "float64" ? [300, 1000] : [40, 120];
  const largest = norms.reduce((most, norm) => Math.max(most, norm), 0);
  const binary = largest === 0 ? 0 : Math.floor(Math.log2(Math.min(largest, Number.MAX_VALUE)));
  if (Math.abs(binary) <= modest) return { given, A, exponent: 0, norms, sampling };
  const exponent = Math.max(-farthest, Math.min(farthest, binary));
  const scaled = mul(A, 2 ** -exponent);
  return { given, A: scaled, exponent, norms: readValues(vectorNorm(scaled, { axis: [-2, -1] })), sampling };
}

/** Sizes of one matrix; a name counts as so large that sampling is chosen. */
function sizeOf(A: Tensor): Size2 {
  const [rows, columns] = A.dims.slice(-2).map((size) => (isKnown(size) ? sizeValue(size) : 2 ** 20));
  return { rows, columns };
}

/** The leading triplets by the cheapest route. */
export function leading(A: Tensor, rank: number, options: Required<SamplingOptions>): Triplets {
  const route = chooseRoute(sizeOf(A), A.dtype, rank + options.oversampling, options.iterations);
  if (route === "randomized") return randomizedTriplets(A, rank, options);
  return (route === "gram" ? gramTriplets(A, () => rank, "float64") : undefined) ?? svdTriplets(A);
}

/** The first `rank` triplets, certified. */
export const ofRank = (problem: Problem, rank: number): LowrankSvd =>
  certified(problem, leading(problem.A, rank, problem.sampling), rank);

/** The fewest triplets whose certified error is at most `target`. */
export function leastRank(problem: Problem, target: number): LowrankSvd {
  if (target >= 1) return ofRank(problem, 0); // nothing is as far from A as A itself
  return sampledLeastRank(problem, target) ?? exactLeastRank(problem, target);
}

/** Samples until what they leave out is below the target; undefined once an exact route is cheaper. */
function sampledLeastRank(problem: Problem, target: number): LowrankSvd | undefined {
  const { A, norms, sampling } = problem;
  const { oversampling, iterations, seed } = sampling;
  const random = new Random(seed);
  const M = isWide(A) ? A : transpose(A);
  let range: Range | undefined;
  for (let width = 0, next = 16 + oversampling; ; next = 2 * width) {
    if (chooseRoute(sizeOf(A), A.dtype, next, iterations) !== "randomized") return undefined;
    range = extendRange(M, range, next - width, iterations, random);
    width = next;
    const left = leftOut(M, norms, range, target);
    if (left.some((error) => error > target)) continue;
    const needed = (S: Tensor): number => smallestRank(S, norms, left, target);
    const ofM = tripletsOfRange(range, needed);
    const triplets = isWide(A) ? ofM : swapped(ofM);
    const rank = needed(triplets.S);
    if (rank + oversampling > width) continue; // the last directions are blurred
    const found = fewest(problem, triplets, rank, width, target);
    if (found.error <= target) return found;
  }
}

/** ‖M − QZ‖_F / ‖M‖_F of every matrix, formed only where the difference of squares cannot tell. */
function leftOut(M: Tensor, norms: Float64Array, range: Range, target: number): number[] {
  const Z = concat(range.Z, -2);
  const captured = readValues(vectorNorm(Z, { axis: [-2, -1] }));
  const rounding = squaredRounding(M);
  const squares = [...norms].map((norm, i) => (norm === 0 ? 0 : 1 - (captured[i] / norm) ** 2));
  const sure = squares.every((square) => square === 0 || isTrusted(square, rounding));
  if (sure || squares.some((square) => square - 50 * rounding > target * target)) {
    return squares.map((square) => Math.sqrt(Math.max(0, square)));
  }
  return residualErrors(M, norms, transpose(range.Qt), Z);
}

function exactLeastRank(problem: Problem, target: number): LowrankSvd {
  const { A, given, norms } = problem;
  const nothing = [...norms].map(() => 0);
  const needed = (S: Tensor): number => smallestRank(S, norms, nothing, target);
  if (exactRoute(sizeOf(A), A.dtype) === "gram") {
    const triplets = gramTriplets(A, needed, "float64");
    const found = triplets && certified(problem, triplets, needed(triplets.S), target);
    if (found !== undefined && found.error <= target) return found;
  }
  const triplets = svdTriplets(A);
  const found = fewest(problem, triplets, needed(triplets.S), triplets.S.sizes.at(-1)!, target);
  if (found.error <= target) return found;
  throw new LinAlgError(
    `svdLowrank: no rank of ${showShape(given.dims)} has an error of ${target} or less: rounding to ${given.dtype} ` +
      `leaves ${found.error.toExponential(1)}; accept more` +
      (given.dtype === "float64" ? "" : `, or cast to float64`),
    { op: "svdLowrank", shape: given.dims, tolerance: target, error: found.error },
  );
}

/** The least k for which what the triplets leave out, with what lies beyond them, is at most `target`; for all matrices. */
function smallestRank(S: Tensor, norms: Float64Array, beyond: readonly number[], target: number): number {
  const [count, values] = [S.sizes.at(-1)!, readValues(S)];
  let least = 0;
  norms.forEach((norm, i) => {
    let tail = beyond[i] ** 2;
    let rank = norm === 0 ? 0 : count;
    for (; rank > least; rank--) {
      tail += (values[i * count + rank - 1] / norm) ** 2;
      if (Math.sqrt(tail) > target) break;
    }
    least = Math.max(least, rank);
  });
  return least;
}

/** The factors of the least rank in [rank, limit] that meets the target; those of `limit` when none does. */
function fewest(
  problem: Problem,
  triplets: Triplets,
  rank: number,
  limit: number,
  target: number,
): LowrankSvd {
  let best = certified(problem, triplets, rank, target);
  if (best.error <= target || rank === limit) return best;
  best = certified(problem, triplets, limit, target);
  if (best.error > target) return best;
  for (let [low, high] = [rank, limit]; high - low > 1;) {
    const middle = (low + high) >> 1;
    const tried = certified(problem, triplets, middle, target);
    if (tried.error <= target) [best, high] = [tried, middle];
    else low = middle;
  }
  return best;
}

/** The factors with their error. A bound from squares that just misses the target is made exact. */
function certified(problem: Problem, triplets: Triplets, rank: number, target = Infinity): LowrankSvd {
  const { given, A, exponent, norms } = problem;
  const factors = assemble(given, triplets, rank, exponent);
  const product = (): { left: Tensor; right: Tensor } => {
    const values = mul(cast(factors.S, "float64"), 2 ** -exponent);
    return { left: mul(cast(factors.U, "float64"), unsqueeze(values, -2)), right: factors.Vh };
  };
  const direct = (): number => {
    const { left, right } = product();
    return Math.max(0, ...residualErrors(A, norms, left, right));
  };
  if (given.dtype !== triplets.S.dtype) return { ...factors, error: direct() }; // rounded to a half type
  const error = Math.max(0, ...certifiedErrors(A, norms, capturedEnergy(triplets.S, norms, rank), product));
  return { ...factors, error: error <= target ? error : Math.min(error, direct()) };
}

/** The first `rank` triplets as they are returned: the largest entry of each column of U is positive. */
export function assemble(
  given: Tensor,
  { S, factors }: Triplets,
  rank: number,
  exponent: number,
): Omit<LowrankSvd, "error"> {
  const { U, Vh } = factors(rank);
  const values = slice(S, -1, 0, rank);
  const round = (x: Tensor): Tensor => cast(x, given.dtype);
  const scaled = round(exponent === 0 ? values : mul(values, 2 ** exponent));
  if (U.dims.includes(0)) return { U: round(U), S: scaled, Vh: round(Vh) };
  const signs = cast(where(ge(add(max(U, -2), min(U, -2)), 0), 1, -1), U.dtype);
  return {
    U: round(mul(U, unsqueeze(signs, -2))),
    S: scaled,
    Vh: round(mul(Vh, unsqueeze(signs, -1))),
  };
}
