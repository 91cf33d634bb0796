import { describe } from "../../base/describe.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { epsilonOf, widened } from "../common/precision.js";
import { squaredRounding } from "./certificate.js";

export interface SamplingOptions {
  /** Of the random samples: equal seeds give equal results on every machine. Default 0. */
  readonly seed?: number;
  /** Power iterations. More make the samples sharper, in more and thinner products with A. Default 2. */
  readonly iterations?: number;
  /** Directions sampled beyond the rank. Default 8. */
  readonly oversampling?: number;
}

interface ByRank<K extends number> {
  /** How many singular triplets. */
  readonly rank: K;
  readonly tolerance?: never;
  readonly energy?: never;
}
interface ByTolerance {
  readonly rank?: never;
  /** The largest relative error ‖A − UΣVᵀ‖_F / ‖A‖_F that is accepted. */
  readonly tolerance: number;
  readonly energy?: never;
}
interface ByEnergy {
  readonly rank?: never;
  readonly tolerance?: never;
  /** The share of ‖A‖_F² = Σσ² to keep, at most 1: a relative error of √(1 − energy). */
  readonly energy: number;
}

/** Exactly one of `rank`, `tolerance` and `energy` says how much of the matrix is kept. */
export type SvdLowrankOptions<K extends number = number> = SamplingOptions &
  (ByRank<K> | ByTolerance | ByEnergy);

/** What to keep: a number of triplets, or as many as a relative error needs. */
export type Goal = { readonly rank: number } | { readonly error: number };

/** Reads the goal. Throws `ConfigError` unless exactly one is given, within its range. */
export function readGoal(op: string, a: Tensor, options: SvdLowrankOptions): Goal {
  readOptions(op, options ?? {}, ["rank", "tolerance", "energy", "seed", "iterations", "oversampling"]);
  const given = (["rank", "tolerance", "energy"] as const).filter((key) => options?.[key] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "none" : given.join(" and ");
    throw new ConfigError(`${op}: give exactly one of { rank }, { tolerance } and { energy }, got ${found}`, {
      op,
      key: "rank",
    });
  }
  if (options.rank !== undefined) return { rank: checkRank(op, a, options.rank) };
  const [key, value] = [given[0], options[given[0]] as number];
  const [low, high] = key === "energy" ? [0, 1] : [0, Infinity];
  if (!(value >= low && value <= high)) {
    throw new ConfigError(`${op}: ${key} must be a number from ${low} to ${high}, got ${describe(value)}`, {
      op,
      key,
      value,
    });
  }
  if (a.isAbstract) {
    throw new LinAlgError(
      `${op}: the rank for { ${key}: ${value} } depends on the values, and ${showShape(a.dims)} has none; ` +
        `give { rank } to trace it`,
      { op, shape: a.dims },
    );
  }
  if (key === "tolerance") return { error: value };
  // All the energy means all but rounding.
  return { error: Math.max(Math.sqrt(1 - value), squaredRounding(widened(a)) + 4 * epsilonOf(a.dtype)) };
}

/** A rank that the matrices have room for. */
export function checkRank(op: string, a: Tensor, rank: number): number {
  const short = Math.min(...a.dims.slice(-2).map((size) => (typeof size === "number" ? size : Infinity)));
  if (Number.isInteger(rank) && rank >= 0 && rank <= short) return rank;
  throw new ConfigError(
    `${op}: the rank of ${showShape(a.dims)} is an integer from 0 to ${short}, got ${describe(rank)}`,
    { op, key: "rank", value: rank },
  );
}

/** The sampling options with their defaults, checked. */
export function readSampling(op: string, options: SamplingOptions): Required<SamplingOptions> {
  const { seed = 0, iterations = 2, oversampling = 8 } = options;
  for (const [key, value] of Object.entries({ iterations, oversampling })) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw new ConfigError(`${op}: ${key} must be an integer >= 0, got ${describe(value)}`, {
      op,
      key,
      value,
    });
  }
  return { seed, iterations, oversampling };
}
