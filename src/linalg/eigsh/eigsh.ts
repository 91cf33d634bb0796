import { describe } from "../../base/describe.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { Random } from "../../base/random.js";
import { readValues } from "../../op/loops.js";
import { matmul } from "../../ops/matmul/op.js";
import { stack } from "../../ops/stack/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { fromElements, tensor } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import { Tensor } from "../../tensor/tensor.js";
import { eigh } from "../eigh/op.js";
import { squareAxes } from "../common/matrix.js";
import { epsilonOf } from "../common/precision.js";
import { Lanczos } from "./lanczos.js";

/** A symmetric matrix as what it does to a vector: `[n]` -> `[n]`. */
export type SymmetricOperator = (x: Tensor) => Tensor;

export interface EigshOptions {
  /** The size of the operator; needed for a function. */
  readonly n?: number;
  /** How many eigenpairs, fewer than or equal to n. */
  readonly k: number;
  /** ARPACK's names: largest magnitude (default), largest algebraic, smallest algebraic. */
  readonly which?: "LM" | "LA" | "SA";
  /** Bound on ‖A v − λ v‖ relative to ‖A‖. Default 16·ε of the dtype. */
  readonly tolerance?: number;
  /** Of the first vector. Default 0. */
  readonly seed?: number;
  /** Restarts before giving up. Default 300. */
  readonly maxIterations?: number;
  /** Vectors that are kept at once. Default max(2k + 1, 20), at most n. */
  readonly basisSize?: number;
  /** Of the vectors that a function is given: `"float32"` (default) or `"float64"`. A matrix brings its own. */
  readonly dtype?: "float32" | "float64";
}

const optionNames = [
  "n",
  "k",
  "which",
  "tolerance",
  "seed",
  "maxIterations",
  "basisSize",
  "dtype",
] as const satisfies readonly (keyof EigshOptions)[];

export interface Eigenpairs {
  /** `[k]`, ascending. */
  readonly eigenvalues: Tensor;
  /** `[n, k]`, orthonormal columns, the largest entry of each positive. */
  readonly eigenvectors: Tensor;
  /** `[k]`: bounds on ‖A v − λ v‖₂. */
  readonly residuals: Tensor;
}

/**
 * A few eigenpairs of a large symmetric matrix that is known by its products with vectors: Lanczos with full
 * re-orthogonalisation and thick restarts (Wu and Simon, SIAM J. Matrix Anal. Appl. 22, 2000). Once the wanted pairs
 * have converged one more round starts from a random vector orthogonal to them, which finds further copies of a
 * repeated eigenvalue. Named as SciPy's `eigsh`.
 *
 * @throws LinAlgError when the operator is not symmetric, answers with another shape or values that are not finite, or
 *   does not converge: the message and `details.converged` say how many pairs did
 */
export function eigsh(operator: SymmetricOperator | Tensor, options: EigshOptions): Eigenpairs {
  readOptions("eigsh", options, optionNames);
  const { n, dtype, apply } = readOperator(operator, options);
  const { k, which = "LM", seed = 0, maxIterations = 300, basisSize } = options;
  checkCount("k", k, n);
  checkCount("maxIterations", maxIterations, Infinity);
  if (which !== "LM" && which !== "LA" && which !== "SA") {
    const hint =
      (which as string) === "SM" ? "; for the smallest magnitude give the inverse as the operator" : "";
    throw new ConfigError(`eigsh: which is "LM", "LA" or "SA", got ${JSON.stringify(which)}${hint}`, {
      key: "which",
      value: which,
    });
  }
  const size = Math.min(n, basisSize ?? Math.max(2 * k + 1, 20));
  if (size < n) checkCount("basisSize", size - k - 1, n);
  const tolerance = options.tolerance ?? 16 * epsilonOf(dtype);

  const lanczos = new Lanczos({ n, dtype, apply, size, random: new Random(seed) });
  let verified: readonly number[] | undefined;
  let converged = 0;
  for (let restart = 0; restart <= maxIterations; restart++) {
    lanczos.expand();
    const ritz = ritzPairs(lanczos);
    const wanted = choose(ritz.values, which, k);
    const largest = Math.max(...ritz.values.map(Math.abs));
    converged = wanted.filter((i) => ritz.bounds[i] <= tolerance * largest).length;
    if (converged < k) verified = undefined;
    else {
      const found = wanted.map((i) => ritz.values[i]);
      const same = verified?.every((value, i) => Math.abs(value - found[i]) <= 10 * tolerance * largest);
      if (lanczos.complete || same === true) return assemble(lanczos, ritz, wanted, largest, dtype);
      verified = found;
    }
    // The wanted pairs, and some of the next, which speeds their neighbours up.
    const kept = choose(ritz.values, which, Math.min(k + Math.floor((size - k) / 2), size - 1));
    const vectors = ritzVectors(lanczos, ritz, kept);
    lanczos.restart(
      vectors,
      kept.map((i) => ritz.values[i]),
      converged === k,
    );
  }
  throw new LinAlgError(
    `eigsh: ${converged} of ${k} eigenpairs of the operator on [${n}] converged to ${tolerance.toExponential(1)} in ` +
      `${maxIterations} restarts; raise basisSize (${size}), maxIterations or tolerance`,
    { op: "eigsh", shape: [n, n], converged, wanted: k, maxIterations },
  );
}

function readOperator(
  operator: SymmetricOperator | Tensor,
  { n, dtype = "float32" }: EigshOptions,
): { n: number; dtype: "float32" | "float64"; apply: SymmetricOperator } {
  if (operator instanceof Tensor) {
    const size = Number(squareAxes("eigsh", operator).size);
    if (operator.ndim !== 2 || (n !== undefined && n !== size)) {
      throw new LinAlgError(`eigsh: takes one [n, n] matrix, got [${operator.dims.join(", ")}]`, {
        op: "eigsh",
        shape: operator.dims,
      });
    }
    const own: DType = operator.dtype;
    return {
      n: size,
      dtype: own === "float64" ? own : "float32",
      apply: (x) => matmul(operator, x),
    };
  }
  if (n === undefined || !Number.isInteger(n) || n < 1) {
    throw new ConfigError(`eigsh: n, the size of the operator, is an integer >= 1, got ${describe(n)}`, {
      key: "n",
      value: n,
    });
  }
  return { n, dtype, apply: operator };
}

function checkCount(key: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  const range = key === "basisSize" ? "at least k + 2" : `an integer from 1 to ${most}`;
  throw new ConfigError(
    `eigsh: ${key} must be ${range}, got ${describe(key === "basisSize" ? value + 1 : value)}`,
    {
      key,
      value,
    },
  );
}

interface RitzPairs {
  readonly values: readonly number[];
  /** Eigenvectors of the projection, in columns. */
  readonly vectors: Tensor;
  /** ‖A y − θ y‖ in exact arithmetic: |β| times the last entry of the eigenvector. */
  readonly bounds: readonly number[];
}

function ritzPairs({ projection, beta }: Lanczos): RitzPairs {
  const size = projection.length;
  const { eigenvalues, eigenvectors } = eigh(tensor(projection, { dtype: "float64" }));
  const last = readValues(eigenvectors).subarray((size - 1) * size);
  return {
    values: [...readValues(eigenvalues)],
    vectors: eigenvectors,
    bounds: [...last].map((entry) => Math.abs(beta * entry)),
  };
}

/** The places of the `count` most wanted Ritz values, ascending by value. */
function choose(values: readonly number[], which: "LM" | "LA" | "SA", count: number): number[] {
  const rank = (i: number): number =>
    which === "LM" ? -Math.abs(values[i]) : which === "LA" ? -values[i] : values[i];
  const order = values.map((_, i) => i).toSorted((i, j) => rank(i) - rank(j));
  return order.slice(0, count).toSorted((i, j) => values[i] - values[j]);
}

/** Ritz vectors as rows: the chosen eigenvectors of the projection, carried to the basis. */
function ritzVectors(lanczos: Lanczos, { vectors }: RitzPairs, places: readonly number[]): Tensor {
  const size = vectors.sizes[0];
  const all = readValues(vectors);
  const chosen = new Float64Array(places.length * size);
  places.forEach((place, row) => {
    for (let i = 0; i < size; i++) chosen[row * size + i] = all[i * size + place];
  });
  return lanczos.combine(fromElements(chosen, [places.length, size], "float64"));
}

function assemble(
  lanczos: Lanczos,
  ritz: RitzPairs,
  wanted: readonly number[],
  largest: number,
  dtype: "float32" | "float64",
): Eigenpairs {
  const rows = ritzVectors(lanczos, ritz, wanted);
  const n = rows.sizes[1];
  const values = readValues(rows);
  const signed = wanted.map((_, row) => {
    const vector = values.subarray(row * n, (row + 1) * n);
    const top = vector.reduce((most, x) => (Math.abs(x) > Math.abs(most) * (1 + 1e-12) ? x : most), 0);
    return tensor(top < 0 ? vector.map((x) => -x) : vector, { dtype });
  });
  const rounding = 8 * Math.sqrt(n) * epsilonOf(dtype) * largest;
  return {
    eigenvalues: tensor(
      Float64Array.from(wanted, (i) => ritz.values[i]),
      { dtype },
    ),
    eigenvectors: transpose(stack(signed)),
    residuals: tensor(
      Float64Array.from(wanted, (i) => ritz.bounds[i] + rounding),
      { dtype },
    ),
  };
}
