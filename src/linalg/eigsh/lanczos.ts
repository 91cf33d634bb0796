import { LinAlgError } from "../../base/errors.js";
import type { Random } from "../../base/random.js";
import { readValues } from "../../op/loops.js";
import { add } from "../../ops/add/op.js";
import { cast } from "../../ops/cast/op.js";
import { concat } from "../../ops/concat/op.js";
import { div } from "../../ops/div/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { select } from "../../ops/select/op.js";
import { slice } from "../../ops/slice/op.js";
import { sub } from "../../ops/sub/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { showShape } from "../../shape/dim.js";
import { tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { vectorNorm } from "../norm/op.js";
import { epsilonOf } from "../common/precision.js";

interface LanczosSetup {
  readonly n: number;
  readonly dtype: "float32" | "float64";
  readonly apply: (x: Tensor) => Tensor;
  /** Vectors of a full basis. */
  readonly size: number;
  readonly random: Random;
}

/** An orthonormal basis V (rows) of a Krylov space of a symmetric A, with the projection V A Vᵀ. */
export class Lanczos {
  readonly #setup: LanczosSetup;
  /** The basis, and below it the next direction unless the space is all there is: [j + 1, n]. */
  #basis: Tensor | undefined;
  projection: number[][] = [];
  /** The length of what A takes out of the basis. */
  beta = 0;
  /** What the next image must overlap with the last vector of the basis, if A is symmetric. */
  #expected: number | undefined;

  constructor(setup: LanczosSetup) {
    this.#setup = setup;
    this.#append(this.#freshDirection());
  }

  /** Whether the basis spans everything. */
  get complete(): boolean {
    return this.projection.length === this.#setup.n;
  }

  /** Grows the basis to its full size, one product with A per vector. */
  expand(): void {
    const { size } = this.#setup;
    for (let j = this.projection.length; j < size; j++) this.#step(j);
  }

  /** Replaces the basis by some of its Ritz vectors (rows) and the next direction, or a fresh one. */
  restart(vectors: Tensor, values: readonly number[], fresh: boolean): void {
    const next = select(this.#rows(this.projection.length + 1), 0, -1);
    this.projection = values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    this.#basis = vectors;
    this.#append(fresh ? this.#freshDirection() : next);
    this.#expected = undefined;
  }

  /** Combinations of the basis: coefficients [count, j] -> rows [count, n]. */
  combine(coefficients: Tensor): Tensor {
    return matmul(cast(coefficients, this.#setup.dtype), this.#rows(this.projection.length));
  }

  /** The first rows of the basis. */
  #rows(count: number): Tensor {
    return slice(this.#basis!, 0, 0, count);
  }

  #append(vector: Tensor): void {
    const row = unsqueeze(vector, 0);
    this.#basis = this.#basis === undefined ? row : concat([this.#basis, row], 0);
  }

  #step(j: number): void {
    const { n, apply } = this.#setup;
    const v = select(this.#rows(j + 1), 0, j);
    const image = this.#check(apply(v));
    const { rest, overlaps } = this.#orthogonalize(image);
    const norm = this.#scale(overlaps);
    this.#requireSymmetric(overlaps, j, norm);
    this.projection.forEach((row, i) => row.push(overlaps[i]));
    this.projection.push([...overlaps.subarray(0, j + 1)]);

    this.beta = vectorNorm(rest).item();
    if (!Number.isFinite(this.beta)) throw notFinite(n);
    if (j + 1 === n) {
      this.beta = 0;
      return;
    }
    // A leaves the space as it is: what follows starts anew.
    if (this.beta <= 4 * Math.sqrt(n) * epsilonOf(this.#setup.dtype) * norm) {
      this.beta = 0;
      this.#append(this.#freshDirection());
    } else this.#append(this.#orthonormal(div(rest, this.beta)));
    this.#expected = this.beta;
  }

  /** Takes the basis out of x, twice: the second time takes what rounding left of it (Giraud et al., 2005). */
  #orthogonalize(x: Tensor): { rest: Tensor; overlaps: Float64Array } {
    const basis = this.#basis!;
    const first = matmul(basis, x);
    const once = sub(x, matmul(first, basis));
    const second = matmul(basis, once);
    return { rest: sub(once, matmul(second, basis)), overlaps: readValues(add(first, second)) };
  }

  #orthonormal(x: Tensor): Tensor {
    const { rest } = this.#orthogonalize(x);
    return div(rest, vectorNorm(rest).item());
  }

  /** A random unit vector, orthogonal to the basis when there is one. */
  #freshDirection(): Tensor {
    const { n, dtype, random } = this.#setup;
    const x = tensor(
      Float64Array.from({ length: n }, () => random.normal()),
      { dtype },
    );
    const unit = div(x, vectorNorm(x).item());
    return this.#basis === undefined ? unit : this.#orthonormal(unit);
  }

  /** The size of A, as far as it is known. */
  #scale(overlaps: Float64Array): number {
    const known = this.projection.flat();
    return [...known, ...overlaps].reduce((most, x) => Math.max(most, Math.abs(x)), this.beta);
  }

  /** For a symmetric A, ⟨vᵢ, A vⱼ⟩ is ⟨vⱼ, A vᵢ⟩: the length of the last step. */
  #requireSymmetric(overlaps: Float64Array, j: number, scale: number): void {
    const { n, dtype } = this.#setup;
    if (!overlaps.every(Number.isFinite)) throw notFinite(n);
    const expected = this.#expected;
    if (expected === undefined) return;
    const allowed = 100 * Math.sqrt(n) * epsilonOf(dtype) * scale;
    if (Math.abs(overlaps[j - 1] - expected) <= allowed) return;
    throw new LinAlgError(
      `eigsh: the operator on [${n}] is not symmetric: xᵀ(A y) = ${overlaps[j - 1]} and yᵀ(A x) = ${expected}`,
      { op: "eigsh", shape: [n, n] },
    );
  }

  #check(image: Tensor): Tensor {
    const { n, dtype } = this.#setup;
    if (image.ndim === 1 && image.sizes[0] === n) return cast(image, dtype);
    throw new LinAlgError(
      `eigsh: the operator made ${showShape(image.dims)} of a vector [${n}]; it must keep the shape`,
      {
        op: "eigsh",
        shape: image.dims,
      },
    );
  }
}

const notFinite = (n: number): LinAlgError =>
  new LinAlgError(`eigsh: the operator on [${n}] made a vector that is not finite`, {
    op: "eigsh",
    shape: [n, n],
  });
