import { describe, expect, test } from "vitest";
import { LinAlgError } from "../../base/errors.js";
import { abs } from "../../ops/abs/op.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { max } from "../../ops/max/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { tril } from "../../ops/tril/op.js";
import { triu } from "../../ops/triu/op.js";
import { abstractTensor, eye, full, ones, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose, largestDifference, wave } from "../../../test/expect.js";
import {
  build,
  epsilonOf,
  largeSizes,
  random,
  rowNorm,
  sizes,
  toDouble,
  type RealType,
} from "../../../test/hard-matrices.js";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { solveTriangular, solveTriangularOp } from "./op.js";

const kinds = [false, true].flatMap((lower) =>
  [false, true].flatMap((transposed) =>
    [false, true].map((unitDiagonal) => ({ lower, transpose: transposed, unitDiagonal })),
  ),
);

/** A well-scaled triangle; what is not to be read is NaN. */
function triangle(n: number, dtype: RealType, lower: boolean, unit: boolean): Tensor {
  return build(n, dtype, (i, j) => {
    if (i === j) return unit ? NaN : 1 + (i % 3);
    return lower === i > j ? Math.sin(i * 7 + j * 3) / 2 : NaN;
  });
}

/** What the options make of a matrix. */
function operatorOf(
  t: Tensor,
  { lower, transpose: transposed, unitDiagonal }: (typeof kinds)[number],
): Tensor {
  const n = t.sizes[0];
  const values = (t.dataSync() as Float64Array).map((x, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    if (i === j) return unitDiagonal ? 1 : x;
    return lower === i > j ? x : 0;
  });
  const whole = cast(tensor(values, { shape: [n, n] }), "float64");
  return transposed ? transpose(whole) : whole;
}

/** ‖T·x − b‖ ≤ 10·n·ε·‖T‖·‖x‖ for every right-hand side. */
function expectSmallResidual(t: Tensor, x: Tensor, b: Tensor, dtype: RealType): void {
  if (x.size === 0) return;
  const residual = max(abs(sub(matmul(t, toDouble(x)), toDouble(b))), 0).dataSync();
  const size = max(abs(toDouble(x)), 0).dataSync();
  const unit = 10 * t.sizes[0] * epsilonOf(dtype) * rowNorm(t);
  residual.forEach((value, j) => expect(Number(value)).toBeLessThanOrEqual(unit * Number(size[j])));
}

describe.each(fasterEngines)("solveTriangular, %s", (engine) => {
  useEngine(engine);

  // scipy.linalg.solve_triangular(np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3), np.sin(np.arange(6) / 2).reshape(3, 2))
  test("golden", () => {
    const a = tensor(
      Float64Array.from({ length: 9 }, (_, i) => Math.sin(i) + (i % 4 === 0 ? 1 : 0)),
      { shape: [3, 3] },
    );
    const b = wave([3, 2], 0.5);
    expectClose(
      solveTriangular(a, b),
      [
        [-4.8436903519711425, -4.243637273082829],
        [5.26229430516822, 5.287779109737385],
        [0.45708078390057144, 0.3008367875015812],
      ],
      1e-14,
    );
    expectClose(
      solveTriangular(a, b, { lower: true, transpose: true }),
      [
        [-0.18631171993104967, 0.09935615989977109],
        [2.225249128022753, 3.288887564149331],
        [0.45708078390057144, 0.3008367875015812],
      ],
      1e-14,
    );
    expectClose(
      solveTriangular(a, b, { lower: true, unitDiagonal: true }),
      [
        [0, 0.479425538604203],
        [0.8414709848078965, 0.9298384507321231],
        [0.35646226659619196, 0.1215396687178924],
      ],
      1e-14,
    );
  });

  describe.each(["float32", "float64"] as const)("%s", (dtype) => {
    test.each(kinds)("small residual, nothing else read: %j", (options) => {
      for (const n of [...sizes, 130]) {
        // Entries of order 1/n keep the solutions of unit triangles in range.
        const t = triangle(n, dtype, options.lower, options.unitDiagonal);
        const scaled = tensor(
          (t.dataSync() as Float64Array).map((x, at) => (at % (n + 1) === 0 ? x : x / (n + 1))),
          { shape: [n, n], dtype },
        );
        for (const k of [1, 2, 5, 33]) {
          const b = random(n, k, dtype);
          expectSmallResidual(operatorOf(scaled, options), solveTriangular(scaled, b, options), b, dtype);
        }
      }
    });

    test.each(largeSizes)("ill-conditioned triangles, n = %i", (n) => {
      const entry = (i: number, j: number): number => (i === j ? 1 : i < j ? -0.2 : 0) * 0.98 ** i;
      const upper = build(n, dtype, entry);
      const b = cast(matmul(toDouble(upper), ones([n, 40], { dtype: "float64" })), dtype);
      expectSmallResidual(toDouble(upper), solveTriangular(upper, b), b, dtype);
    });
  });

  test("batches broadcast", () => {
    const t = triu(randn([2, 1, 6, 6], { seed: 1, dtype: "float64" }));
    const b = randn([3, 6, 2], { seed: 2, dtype: "float64" });
    const x = solveTriangular(t, b);
    expect(x.shape).toEqual([2, 3, 6, 2]);
    const error = max(abs(sub(matmul(t, x), b))).item();
    expect(error).toBeLessThan(1e-10 * max(abs(x)).item());
  });

  test("half types", () => {
    const t = tril(full([3, 3], 2, { dtype: "float16" }));
    const x = solveTriangular(t, tensor([2, 4, 8], { dtype: "float16" }), { lower: true });
    expect([x.dtype, x.toArray()]).toEqual(["float16", [1, 1, 2]]);
  });

  test("right-hand sides of integers and booleans take the dtype of the matrix", () => {
    const t = tensor([2, 0, 0, 4], { shape: [2, 2], dtype: "float64" });
    for (const dtype of ["int64", "int32", "uint8", "bool"] as const) {
      const x = solveTriangular(t, tensor([1, 1], { dtype }), { lower: true });
      expect([x.dtype, x.toArray()]).toEqual(["float64", [0.5, 0.25]]);
    }
  });

  test("shape and cost", () => {
    const inputs = [abstractTensor(["n", "n"]), abstractTensor(["B", "n", "k"])];
    const attributes = { lower: true, transpose: false, unitDiagonal: false };
    const outputs = solveTriangularOp.infer(inputs, attributes);
    expect(String(outputs[0].dims)).toBe("B,n,k");
    expect(String(solveTriangularOp.cost({ inputs, outputs, attributes }).flops)).toBe("n²·B·k");
  });

  test("errors", () => {
    const zero = tensor([
      [1, 2],
      [0, 0],
    ]);
    expect(() => solveTriangular(zero, ones([2]))).toThrow(LinAlgError);
    expect(() => solveTriangular(zero, ones([2]))).toThrow(
      "solveTriangular: [2, 2] is singular: entry 1 of its diagonal is 0; use lstsq for a least-squares solution",
    );
    expect(largestDifference(solveTriangular(zero, ones([2]), { unitDiagonal: true }), tensor([-1, 1]))).toBe(
      0,
    );
    expect(() => solveTriangular(eye(2, 2), tensor([1, NaN]))).toThrow("solveTriangular: [2] has NaN at [1]");
    const infinite = tensor([
      [1, Infinity],
      [0, 1],
    ]);
    expect(() => solveTriangular(infinite, ones([2]))).toThrow(
      "solveTriangular: [2, 2] has Infinity at [0, 1]",
    );
    expect(solveTriangular(infinite, ones([2]), { lower: true }).toArray()).toEqual([1, 1]);
    expect(() => solveTriangular(eye(2, 2), ones([3]))).toThrow(
      "solveTriangular: [2, 2] with [3]: a has 2 rows and b has 3; b must be [2] or [..., 2, k]",
    );
    expect(() => solveTriangular(tensor([[1e-30]]), tensor([1e30]))).toThrow("overflows float32");
  });
});
