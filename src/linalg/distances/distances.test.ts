import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { withEngine } from "../../backends/engines.js";
import { ConfigError, ShapeError } from "../../base/errors.js";
import { add } from "../../ops/add/op.js";
import { cast } from "../../ops/cast/op.js";
import { mul } from "../../ops/mul/op.js";
import { abstractTensor, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { chirp, costFormulas, expectClose, largestDifference } from "../../../test/expect.js";
import { epsilonOf } from "../common/precision.js";
import { metrics } from "./metric.js";
import { pairwiseDistances } from "./op.js";
import { pairwiseCosineSimilarity } from "./similarity.js";

const float64 = { dtype: "float64" } as const;

// scipy.spatial.distance.cdist of numpy.sin(numpy.arange(size) ** 2 * step)
describe("pairwiseDistances as SciPy's", () => {
  test.each([
    [
      "euclidean" as const,
      [
        [0.7187789564061973, 2.3842919845869264, 0.29473630618296326],
        [1.029550797588469, 1.3237550900662205, 0.8634707627246384],
      ],
    ],
    [
      "sqeuclidean" as const,
      [
        [0.516643188172382, 5.684848267765465, 0.08686949018237745],
        [1.0599748448150526, 1.7523275384762274, 0.7455817580802688],
      ],
    ],
    [
      "manhattan" as const,
      [
        [0.943494949654464, 3.3291139116064263, 0.44044527879118844],
        [1.3478645755441083, 1.977548224039119, 1.4201258809128756],
      ],
    ],
    [
      "cosine" as const,
      [
        [0.2635414957178469, 1.9051492707965814, 0.003837985476718875],
        [1.5368994862421061, 0.7106343199695053, 0.9298846183489519],
      ],
    ],
  ])("%s", (metric, expected) => {
    expectClose(pairwiseDistances(chirp([2, 3], 0.37), chirp([3, 3], 0.7), { metric }), expected, 1e-13);
  });
});

/** Largest error of `found` relative to each distance. */
function relativeError(found: Tensor, exact: Tensor): number {
  const [a, b] = [found, exact].map((x) => [...(cast(x, "float64").dataSync() as Float64Array)]);
  return a.reduce((most, x, i) => Math.max(most, x === b[i] ? 0 : Math.abs(x - b[i]) / Math.abs(b[i])), 0);
}
const byDefinition = (x: Tensor, y: Tensor, metric: (typeof metrics)[number]): Tensor =>
  withEngine("reference", () => pairwiseDistances(x, y, { metric }));

describe("pairwiseDistances by matrix products", () => {
  const near = (dtype: "float32" | "float64", shift: number): [Tensor, Tensor] => {
    const center = add(mul(randn([1, 16], { seed: 1, ...float64 }), 1), shift);
    const spread = (rows: number, seed: number): Tensor =>
      cast(add(center, mul(randn([rows, 16], { seed, ...float64 }), 1e-3)), dtype);
    return [spread(70, 2), spread(60, 3)];
  };

  test.each(metrics)("%s is the definition to a few ε for every pair, close ones too", (metric) => {
    for (const dtype of ["float32", "float64"] as const) {
      for (const [x, y] of [
        [randn([70, 40], { seed: 1, dtype }), randn([60, 40], { seed: 2, dtype })],
        near(dtype, 0),
        near(dtype, 1e3),
      ]) {
        const exact = byDefinition(x, y, metric);
        const bound = dtype === "float32" ? 4 : 2 ** 7 * 16;
        expect(relativeError(pairwiseDistances(x, y, { metric }), exact)).toBeLessThan(
          bound * epsilonOf(dtype),
        );
      }
    }
  });

  test("a point is at distance 0 from itself", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = add(randn([80, 12], { seed: 1, dtype }), 100);
      for (const metric of metrics) {
        const own = pairwiseDistances(x, x, { metric }).toArray() as number[][];
        own.forEach((row, i) => expect(row[i]).toBe(0));
      }
    }
  });

  test.each([1e-200, 1e200])("entries of %d", (scale) => {
    const [x, y] = [randn([60, 20], { seed: 1, ...float64 }), randn([60, 20], { seed: 2, ...float64 })];
    const exact = mul(pairwiseDistances(x, y), scale);
    expect(relativeError(pairwiseDistances(mul(x, scale), mul(y, scale)), exact)).toBeLessThan(1e-12);
  });

  test("batches, broadcast, and zero vectors", () => {
    const [x, y] = [randn([3, 50, 20], { seed: 1 }), randn([40, 20], { seed: 2 })];
    for (const metric of metrics) {
      const found = pairwiseDistances(x, y, { metric });
      expect(found.shape).toEqual([3, 50, 40]);
      expect(largestDifference(found, byDefinition(x, y, metric))).toBeLessThan(1e-4);
    }
    expect(pairwiseDistances(zeros([50, 20]), y, { metric: "cosine" }).toArray()).toEqual(
      Array.from({ length: 50 }, () => Array.from({ length: 40 }, () => 1)),
    );
  });
});

describe("pairwiseDistances", () => {
  test("laws of a metric: symmetry, triangle inequality", () => {
    const points = fc.array(
      fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 3,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(points, fc.constantFrom("euclidean" as const, "manhattan" as const), (rows, metric) => {
        const x = tensor(rows, float64);
        const d = pairwiseDistances(x, x, { metric }).toArray() as number[][];
        expect(d[0][1]).toBe(d[1][0]);
        expect(d[0][2]).toBeLessThanOrEqual((d[0][1] + d[1][2]) * (1 + 1e-14));
      }),
    );
  });

  test("nearly parallel vectors keep their digits", () => {
    const angle = 1e-9;
    const [x, y] = [tensor([[1, 0]], float64), tensor([[1, angle]], float64)];
    expect(pairwiseDistances(x, y, { metric: "cosine" }).item() / (angle ** 2 / 2)).toBeCloseTo(1, 6);
  });

  test("integers, half types, empty", () => {
    expect(
      pairwiseDistances(tensor([[0, 0]], { dtype: "int32" }), tensor([[3, 4]], { dtype: "int32" })).item(),
    ).toBe(5);
    expect(
      pairwiseDistances(zeros([1, 2], { dtype: "float16" }), zeros([1, 2], { dtype: "float16" })).dtype,
    ).toBe("float16");
    expect(pairwiseDistances(zeros([0, 2]), zeros([3, 2])).shape).toEqual([0, 3]);
    expect(pairwiseDistances(zeros([1, 0]), zeros([3, 0])).toArray()).toEqual([[0, 0, 0]]);
  });

  test("shape and cost on names", () => {
    const [x, y] = [abstractTensor(["B", "n", "d"]), abstractTensor(["m", "d"])];
    expect(String(pairwiseDistances(x, y).dims)).toBe("B,n,m");
    expect(String(costFormulas(() => pairwiseDistances(x, y)).flops)).toBe("3·B·n·m·d");
  });

  test("errors", () => {
    expect(() => pairwiseDistances(zeros([3, 2]), zeros([4, 3]))).toThrow(
      "points of 2 and 3 coordinates, [3, 2] and [4, 3]",
    );
    expect(() => pairwiseDistances(zeros([3]), zeros([4, 3]))).toThrow(ShapeError);
    expect(() => pairwiseDistances(zeros([3, 2]), zeros([4, 2]), { metric: "hamming" as "cosine" })).toThrow(
      ConfigError,
    );
  });
});

describe("pairwiseCosineSimilarity", () => {
  test("of directions, in every dtype, at every scale", () => {
    const x = [[1, 0], [0, 2], [-3, 0], [1, 1], [0, 0]]; // prettier-ignore
    const r = Math.SQRT1_2;
    const expected = [[1, r], [0, r], [-1, -r], [r, 1], [0, 0]]; // prettier-ignore
    for (const [dtype, scale] of [
      ["float64", 1e200],
      ["float64", 1e-200],
      ["float32", 1e30],
      ["float16", 1],
      ["bfloat16", 1],
    ] as const) {
      // prettier-ignore
      const found = pairwiseCosineSimilarity(mul(tensor(x, { dtype }), scale), tensor([[1, 0], [1, 1]], { dtype })); // prettier-ignore
      expect(found.dtype).toBe(dtype);
      expect(largestDifference(cast(found, "float64"), tensor(expected, float64))).toBeLessThan(
        2 * epsilonOf(dtype),
      );
    }
  });

  test("is 1 − the cosine distance, and never outside [−1, 1]", () => {
    const [x, y] = [randn([30, 5], { seed: 1 }), randn([20, 5], { seed: 2 })];
    const similarity = pairwiseCosineSimilarity(x, y);
    const distance = pairwiseDistances(x, y, { metric: "cosine" });
    expect(
      largestDifference(
        add(similarity, distance),
        tensor(new Float32Array(600).fill(1), { shape: [30, 20] }),
      ),
    ).toBeLessThan(1e-6);
    const own = pairwiseCosineSimilarity(x, x).dataSync() as Float32Array;
    expect(Math.max(...own)).toBeLessThanOrEqual(1);
    expect(pairwiseCosineSimilarity(abstractTensor(["B", "n", 5]), y).shape.map(String)).toEqual([
      "B",
      "n",
      "20",
    ]);
    expect(() => pairwiseCosineSimilarity(zeros([3, 2]), zeros([4, 3]))).toThrow(
      "pairwiseCosineSimilarity: points of 2 and 3",
    );
  });
});
