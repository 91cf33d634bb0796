import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { add } from "../../ops/add/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { sum } from "../../ops/sum/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { eye, full, randn, tensor, zeros } from "../../tensor/create.js";
import { chirp, expectClose, largestDifference } from "../../../test/expect.js";
import { PCA } from "./pca.js";

const data = chirp([8, 4], 0.37);

// By hand in NumPy: the svd of numpy.sin(numpy.arange(32) ** 2 * 0.37).reshape(8, 4) minus its mean.
describe("PCA as NumPy's svd of the centred data", () => {
  const pca = new PCA({ components: 2 }).fit(data);
  test("mean", () =>
    expectClose(
      pca.mean,
      [-0.09032176855673672, -0.24044282824039448, 0.03781587404958319, 0.21290911278339741],
      1e-13,
    ));
  test("components", () =>
    expectClose(
      pca.components,
      [
        [0.4206765561888047, 0.5206041532223821, 0.6659712484050895, -0.3293703796920726],
        [0.16849516475988852, 0.19478393372875744, 0.20798470786975357, 0.9436158963826451],
      ],
      1e-12,
    ));
  test("singular values", () =>
    expectClose(pca.singularValues, [2.3861539177198505, 1.8744026273681786], 1e-13));
  test("explained variance", () =>
    expectClose(pca.explainedVariance, [0.8133900741499701, 0.5019121727835331], 1e-13));
  test("its share", () =>
    expectClose(pca.explainedVarianceRatio, [0.5228796840338917, 0.32264922656215017], 1e-13));
  test("coordinates", () =>
    expectClose(
      pca.transform(tensor((data.toArray() as number[][]).slice(0, 2), { dtype: "float64" })),
      [
        [1.1212892755019919, -0.04588572459559609],
        [0.8219833575427832, -0.6522729317354229],
      ],
      1e-12,
    ));
});

describe("PCA", () => {
  test("all components give the samples back", () => {
    const pca = new PCA().fit(data);
    expect(pca.components.shape).toEqual([4, 4]);
    expect(largestDifference(pca.inverseTransform(pca.transform(data)), data)).toBeLessThan(1e-14);
    expectClose(sum(pca.explainedVarianceRatio), 1, 1e-14);
  });

  test("components are orthonormal, coordinates uncorrelated", () => {
    const x = add(
      matmul(randn([60, 6], { seed: 1, dtype: "float64" }), randn([6, 6], { seed: 2, dtype: "float64" })),
      5,
    );
    const pca = new PCA({ components: 3 });
    const z = pca.fitTransform(x);
    const gram = matmul(pca.components, transpose(pca.components));
    expect(largestDifference(gram, eye(3, 3, { dtype: "float64" }))).toBeLessThan(1e-14);
    const covariance = mul(matmul(transpose(z), z), 1 / 59).toArray() as number[][];
    const variances = pca.explainedVariance.toArray() as number[];
    covariance.forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(i === j ? variances[i] : 0, 10)),
    );
  });

  test("energy takes as few as explain that share", () => {
    const x = mul(randn([500, 3], { seed: 1, dtype: "float64" }), tensor([10, 1, 0.1], { dtype: "float64" }));
    const count = (energy: number): number => new PCA({ energy }).fit(x).components.sizes[0];
    expect([0.5, 0.98, 0.995, 1].map(count)).toEqual([1, 1, 2, 3]);
  });

  test("dtypes, more features than samples, constant data", () => {
    expect(new PCA({ components: 2 }).fit(randn([9, 4], { dtype: "float16" })).components.dtype).toBe(
      "float16",
    );
    expect(new PCA().fit(randn([3, 7])).components.shape).toEqual([3, 7]);
    const same = new PCA({ energy: 0.9 }).fit(full([4, 3], 2));
    expect(same.explainedVarianceRatio.toArray()).toEqual([0]);
    expect(same.transform(full([1, 3], 2)).toArray()).toEqual([[0]]);
  });

  test("errors", () => {
    expect(() => new PCA({ components: 2 }).transform(data)).toThrow(
      "PCA: transform is known after fit(samples)",
    );
    expect(() => new PCA().fit(zeros([1, 3]))).toThrow(LinAlgError);
    expect(() => new PCA({ components: 5 }).fit(data)).toThrow("PCA: [8, 4] has 4 components, not 5");
    expect(() => new PCA({ components: 0 })).toThrow(ConfigError);
    expect(() => new PCA({ energy: 0 })).toThrow(ConfigError);
    expect(() => new PCA({ energy: 0.5, components: 2 } as { energy: number })).toThrow(ConfigError);
  });
});
