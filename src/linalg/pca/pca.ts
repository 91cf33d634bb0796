import { dimsOf } from "../../op/apply.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { readValues } from "../../op/loops.js";
import { add } from "../../ops/add/op.js";
import { cast } from "../../ops/cast/op.js";
import { div } from "../../ops/div/op.js";
import { ge } from "../../ops/ge/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { max } from "../../ops/max/op.js";
import { mean } from "../../ops/mean/op.js";
import { min } from "../../ops/min/op.js";
import { mul } from "../../ops/mul/op.js";
import { slice } from "../../ops/slice/op.js";
import { square } from "../../ops/square/op.js";
import { sub } from "../../ops/sub/op.js";
import { sum } from "../../ops/sum/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { where } from "../../ops/where/op.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { widened } from "../common/precision.js";
import { svd } from "../svd/op.js";

/** How many components: a number, or as few as explain this share of the variance; all without either. */
export type PcaOptions =
  | { readonly components: number; readonly energy?: never }
  | { readonly components?: never; readonly energy: number }
  | { readonly components?: never; readonly energy?: never };

interface Fit {
  readonly mean: Tensor;
  readonly components: Tensor;
  readonly singularValues: Tensor;
  readonly explainedVariance: Tensor;
  readonly explainedVarianceRatio: Tensor;
}

/**
 * Principal component analysis by the svd of the centred data, as scikit-learn's `PCA`. The largest entry of each
 * component is positive. Before `fit` the members throw `ConfigError`.
 *
 * @example
 * const pca = new PCA({ components: 1 }).fit(tensor([[0, 0], [1, 1], [2, 2]]));
 * pca.components.toArray(); // [[0.70710…, 0.70710…]]
 * pca.explainedVarianceRatio.round().toArray(); // [1]
 */
export class PCA {
  readonly #options: PcaOptions;
  #fit: Fit | undefined;

  constructor(options: PcaOptions = {}) {
    checkOptions(options);
    this.#options = options;
  }

  /**
   * Learns mean and components from samples `[n, d]` and answers itself. Throws `LinAlgError` for fewer than two
   * samples or entries that are not finite, `ConfigError` when there are fewer components than asked for.
   *
   * @example
   * new PCA().fit(tensor([[1, 2], [3, 6]])).mean.toArray(); // [2, 4]
   */
  fit(x: Tensor): this {
    if (dimsOf("PCA", x).length !== 2 || x.sizes[0] < 2 || x.sizes[1] < 1) {
      throw new LinAlgError(`PCA: needs at least 2 samples as rows, [n, d], got ${showShape(x.dims)}`, {
        op: "PCA",
        shape: x.dims,
      });
    }
    const data = widened(x);
    const middle = mean(data, 0);
    const { S, Vh } = svd(sub(data, middle));
    const variances = div(square(S), x.sizes[0] - 1);
    const count = this.#count(variances, x);
    const total = sum(variances);
    const kept = slice(variances, 0, 0, count);
    const rows = slice(Vh, 0, 0, count);
    const signs = cast(where(ge(add(max(rows, 1, true), min(rows, 1, true)), 0), 1, -1), rows.dtype);
    const round = (value: Tensor): Tensor => cast(value, x.dtype);
    this.#fit = {
      mean: round(middle),
      components: round(mul(rows, signs)),
      singularValues: round(slice(S, 0, 0, count)),
      explainedVariance: round(kept),
      explainedVarianceRatio: round(total.item() === 0 ? kept : div(kept, total)),
    };
    return this;
  }

  /**
   * Coordinates along the components: `[..., d]` -> `[..., k]`.
   *
   * @example
   * new PCA({ components: 1 }).fit(tensor([[0, 0], [6, 8]])).transform(tensor([[3, 4], [6, 8]])).round().toArray(); // [[0], [5]]
   */
  transform(x: Tensor): Tensor {
    const { mean: middle, components } = this.#fitted("transform");
    return matmul(sub(x, middle), transpose(components));
  }

  /**
   * `fit`, then `transform` of the same samples.
   *
   * @example
   * new PCA({ components: 1 }).fitTransform(tensor([[0, 0], [6, 8]])).round().toArray(); // [[-5], [5]]
   */
  fitTransform(x: Tensor): Tensor {
    return this.fit(x).transform(x);
  }

  /**
   * Points from their coordinates: `[..., k]` -> `[..., d]`, in the plane of the components.
   *
   * @example
   * const pca = new PCA({ components: 1 }).fit(tensor([[0, 0], [6, 8]]));
   * pca.inverseTransform(tensor([[5]])).round().toArray(); // [[6, 8]]
   */
  inverseTransform(z: Tensor): Tensor {
    const { mean: middle, components } = this.#fitted("inverseTransform");
    return add(matmul(z, components), middle);
  }

  /**
   * The mean of the samples, `[d]`.
   *
   * @example
   * new PCA().fit(tensor([[0, 0], [6, 8]])).mean.toArray(); // [3, 4]
   */
  get mean(): Tensor {
    return this.#fitted("mean").mean;
  }

  /**
   * Orthonormal directions of largest variance, `[k, d]`.
   *
   * @example
   * new PCA({ components: 1 }).fit(tensor([[0, 0], [6, 8]])).components.mul(10).round().toArray(); // [[6, 8]]
   */
  get components(): Tensor {
    return this.#fitted("components").components;
  }

  /**
   * Singular values of the centred samples, `[k]`.
   *
   * @example
   * new PCA({ components: 1 }).fit(tensor([[1, 0], [-1, 0], [3, 0], [-3, 0]])).singularValues.toArray(); // [4.4721…]
   */
  get singularValues(): Tensor {
    return this.#fitted("singularValues").singularValues;
  }

  /**
   * The variance along each component, with n − 1 in the denominator, `[k]`.
   *
   * @example
   * new PCA({ components: 1 }).fit(tensor([[0], [2], [4]])).explainedVariance.round().toArray(); // [4]
   */
  get explainedVariance(): Tensor {
    return this.#fitted("explainedVariance").explainedVariance;
  }

  /**
   * The share of each component in the variance of the samples, `[k]`.
   *
   * @example
   * new PCA().fit(tensor([[3, 0], [-3, 0], [0, 1], [0, -1]])).explainedVarianceRatio.mul(10).round().toArray(); // [9, 1]
   */
  get explainedVarianceRatio(): Tensor {
    return this.#fitted("explainedVarianceRatio").explainedVarianceRatio;
  }

  #fitted(member: string): Fit {
    if (this.#fit !== undefined) return this.#fit;
    throw new ConfigError(`PCA: ${member} is known after fit(samples)`, { key: member });
  }

  #count(variances: Tensor, x: Tensor): number {
    const { components, energy } = this.#options;
    const most = variances.size;
    if (components !== undefined && components > most) {
      throw new ConfigError(`PCA: ${showShape(x.dims)} has ${most} components, not ${components}`, {
        key: "components",
        value: components,
      });
    }
    if (energy === undefined) return components ?? most;
    const values = readValues(variances);
    const total = values.reduce((a, b) => a + b, 0);
    let count = 0;
    for (let covered = 0; count < most && covered < energy * total; count++) covered += values[count];
    return Math.max(1, count);
  }
}

function checkOptions(options: PcaOptions): void {
  const { components, energy } = readOptions("PCA", options, ["components", "energy"]);
  const wrongCount = components !== undefined && !(Number.isInteger(components) && components >= 1);
  const wrongEnergy = energy !== undefined && !(energy > 0 && energy <= 1);
  if (!wrongCount && !wrongEnergy && (components === undefined || energy === undefined)) return;
  throw new ConfigError(
    `PCA: takes { components: an integer >= 1 } or { energy: a number in (0, 1] }, got ${JSON.stringify({ components, energy })}`,
    { key: "components", value: components },
  );
}
