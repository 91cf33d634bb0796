import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { LinAlgError } from "../../base/errors.js";
import { selectWasmBuild } from "../../kernels/index.js";
import { abstractTensor, eye, full, randn, tensor, zeros } from "../../tensor/create.js";
import { cast } from "../../ops/cast/op.js";
import { select } from "../../ops/select/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { expectClose, largestDifference } from "../../../test/expect.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { qr, qrOp, type QrMode } from "./op.js";
import { expectQr, golden, referenceQr } from "../../../test/qr-laws.js";

describe.each(fasterEngines)("qr, %s", (engine) => {
  useEngine(engine);

  // numpy.linalg.qr of ((7i + 13j + 5ij) mod 11) - 5, NumPy 2.4
  test("goldens: numpy.linalg.qr", () => {
    for (const factor of [qr, referenceQr]) {
      const tall = factor(golden(5, 3));
      expectClose(
        tall.Q!,
        [
          [-0.6509445549041195, -0.5306988675672814, -0.33635581826657185],
          [0.26037782196164777, -0.7241311650918043, 0.6386215198169373],
          [-0.26037782196164777, -0.15375387751949268, -0.06818023343241313],
          [0.6509445549041194, -0.34718617504401567, -0.659075589846661],
          [0.13018891098082389, 0.22319111252829585, 0.19999535140174543],
        ],
        1e-14,
      );
      expectClose(
        tall.R,
        [
          [7.681145747868608, 1.8226447537315345, -1.171700198827415],
          [0, 3.4173039229332405, -1.1308349701433658],
          [0, 0, 7.024836717986308],
        ],
        1e-14,
      );
      expectClose(
        factor(golden(3, 5), { mode: "r" }).R,
        [
          [5.744562646538029, 2.263009527424072, 2.6111648393354674, -0.8703882797784892, -4.351941398892446],
          [0, 2.9797294975866313, -4.33230295553551, -1.3525734579488802, 1.6271560396377507],
          [0, 0, 0.6426268616206844, 0.6426268616206845, 0.6426268616206847],
        ],
        1e-14,
      );
      const complete = factor(golden(4, 2), { mode: "complete" });
      expectClose(
        complete.Q!,
        [
          [-0.656532164298613, -0.5644260046746991, -0.297159317821802, 0.4025979909537767],
          [0.26261286571944514, -0.7353072721450206, -0.02911445845646772, -0.6241073998904801],
          [-0.26261286571944514, -0.1657030472439483, 0.9497068703783415, 0.040420826919630344],
          [0.6565321642986129, -0.3365843147142701, 0.09436921371212174, 0.6684092816778208],
        ],
        2e-14,
      );
      expectClose(
        complete.R,
        [
          [7.615773105863908, 1.7069836271763936],
          [0, 3.3295956055580875],
          [0, 0],
          [0, 0],
        ],
        1e-14,
      );
    }
  });

  test("laws on random matrices, all modes and types", () => {
    const size = fc.integer({ min: 0, max: 50 });
    const mode = fc.constantFrom<QrMode>("reduced", "complete");
    fc.assert(
      fc.property(size, size, fc.integer(), mode, fc.boolean(), (m, n, seed, chosen, double) => {
        expectQr(randn([m, n], { seed, dtype: double ? "float64" : "float32" }), { mode: chosen });
      }),
      { numRuns: 80 },
    );
  });

  test.each([1, 2, 3, 31, 32, 33, 63, 64, 65, 255, 256, 257, 513])("laws at the edges of blocks: %i", (n) => {
    for (const dtype of ["float32", "float64"] as const) {
      expectQr(randn([n, n], { seed: n, dtype }));
      if (n > 300) continue;
      expectQr(randn([n + 41, n], { seed: n, dtype }), { mode: "complete" });
      expectQr(randn([n, n + 41], { seed: n, dtype }));
    }
  });

  test("laws on long and on flat matrices", () => {
    expectQr(randn([3000, 7], { seed: 1 }));
    expectQr(randn([1500, 90], { seed: 2, dtype: "float64" }));
    expectQr(randn([7, 3000], { seed: 3 }));
    expectQr(randn([1, 40], { seed: 4, dtype: "float64" }));
    expectQr(randn([40, 1], { seed: 5, dtype: "float64" }));
  });

  const cases = [12, 70].flatMap((n) => hardMatrices(n, 150).map(([name]) => [name, n] as const));
  test.each(cases)("laws: %s, %i columns", (name, n) => {
    for (const [dtype, grade] of [
      ["float64", 150],
      ["float32", 30],
    ] as const) {
      const entry = hardMatrices(n, grade).find(([other]) => other === name)![1];
      expectQr(build(n, n, entry, dtype));
      expectQr(build(n + 9, n, entry, dtype), { mode: "complete" });
      expectQr(build(n - 5, n, entry, dtype));
    }
  });

  test("random denormal entries: no error but the rounding of R to multiples of the smallest number", () => {
    const [n, scale] = [20, 2 ** -1030];
    const a = (randn([n, n], { seed: 5, dtype: "float64" }).dataSync() as Float64Array).map((x) => x * scale);
    const { Q, R } = qr(tensor(a, { shape: [n, n] }));
    const [q, r] = [Q, R].map((x) => x!.dataSync() as Float64Array);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [sum, weights] = [0, 0];
        for (let k = 0; k < n; k++) {
          sum += q[i * n + k] * (r[k * n + j] / scale);
          weights += Math.abs(q[i * n + k]);
        }
        const rounding = (weights / 2 + 1) * 2 ** -44;
        expect(Math.abs(sum - a[i * n + j] / scale)).toBeLessThanOrEqual(10 * n * 2 ** -52 + rounding);
      }
    }
  });

  test("the ends of the range: denormal and nearly overflowing entries", () => {
    for (const [dtype, sizes] of [
      ["float64", [1e-310, 5e-324, 2e307]],
      ["float32", [1e-40, 1.4e-45, 4e37]],
    ] as const) {
      for (const size of sizes) {
        for (const n of [3, 45]) {
          const { R } = qr(full([n, n], size, { dtype }), { mode: "r" });
          const [first] = R.dataSync();
          // Entries this small are rounded to multiples of the smallest number.
          const smallest = dtype === "float64" ? 5e-324 : 1.401298464324817e-45;
          const expected = Number(full([1], size, { dtype }).dataSync()[0]) * Math.sqrt(n);
          const error = Math.abs(Math.abs(Number(first)) - expected);
          expect(error).toBeLessThanOrEqual(
            smallest + 40 * expected * (dtype === "float64" ? 2 ** -52 : 2 ** -23),
          );
        }
      }
    }
    expect(() => qr(full([4, 4], 1.7e308, { dtype: "float64" }))).toThrow(
      "qr: R of [4, 4] overflows float64",
    );
    expect(() => qr(full([40, 40], 3e38))).toThrow(LinAlgError);
  });

  test("agrees with the reference entry by entry, signs included", () => {
    for (const [m, n] of [
      [5, 5],
      [60, 45],
      [45, 60],
      [16, 17],
    ]) {
      const a = randn([m, n], { seed: m, dtype: "float64" });
      for (const mode of ["reduced", "complete"] as const) {
        const [fast, slow] = [qr(a, { mode }), referenceQr(a, { mode })];
        expect(largestDifference(fast.Q!, slow.Q!)).toBeLessThan(1e-11);
        expect(largestDifference(fast.R, slow.R)).toBeLessThan(1e-11);
      }
      expect(largestDifference(qr(a, { mode: "r" }).R, qr(a).R)).toBe(0);
    }
  });

  test("the plain build, and no build at all", () => {
    const a = randn([70, 50], { seed: 9, dtype: "float64" });
    const { R } = qr(a);
    try {
      selectWasmBuild("plain");
      expectQr(a);
      expect(largestDifference(qr(a).R, R)).toBeLessThan(1e-11);
      selectWasmBuild("off");
      expectQr(a);
      expect(largestDifference(qr(a).R, R)).toBeLessThan(1e-11);
    } finally {
      selectWasmBuild("auto");
    }
  });

  test("batches, views and half types", () => {
    const a = randn([2, 3, 20, 6], { seed: 4, dtype: "float64" });
    const { Q, R } = qr(a);
    expect([Q!.shape, R.shape]).toEqual([
      [2, 3, 20, 6],
      [2, 3, 6, 6],
    ]);
    for (const i of [0, 1]) {
      for (const j of [0, 1, 2]) {
        const one = qr(select(select(a, 0, i), 0, j));
        expect(largestDifference(select(select(Q!, 0, i), 0, j), one.Q!)).toBe(0);
        expect(largestDifference(select(select(R, 0, i), 0, j), one.R)).toBe(0);
      }
    }
    expectQr(transpose(randn([30, 50], { seed: 5 })));
    for (const dtype of ["float16", "bfloat16"] as const) {
      const half = qr(cast(randn([8, 4], { seed: 6 }), dtype));
      expect([half.Q!.dtype, half.R.dtype]).toEqual([dtype, dtype]);
      expectQr(cast(randn([8, 4], { seed: 6 }), dtype));
    }
  });

  test("many small matrices are cut into chunks", () => {
    const a = randn([9000, 16, 16], { seed: 8 });
    const { Q, R } = qr(a);
    for (const i of [0, 5460, 8999]) {
      const one = qr(select(a, 0, i));
      expect(largestDifference(select(Q!, 0, i), one.Q!)).toBe(0);
      expect(largestDifference(select(R, 0, i), one.R)).toBe(0);
    }
  });

  test("empty matrices", () => {
    expect(qr(zeros([0, 3])).R.shape).toEqual([0, 3]);
    expect(qr(zeros([3, 0])).Q!.shape).toEqual([3, 0]);
    expect(qr(zeros([0, 3]), { mode: "complete" }).Q!.shape).toEqual([0, 0]);
    expect(qr(zeros([2, 3, 0]), { mode: "complete" }).Q!.toArray()).toEqual([
      eye(3).toArray(),
      eye(3).toArray(),
    ]);
    expect(qr(zeros([0, 4, 3])).Q!.shape).toEqual([0, 4, 3]);
  });

  test("shape and cost on names", () => {
    expect(String(qr(abstractTensor(["B", 512, 2048])).R.dims)).toBe("B,512,2048");
    expect(String(qr(abstractTensor(["B", 512, 20]), { mode: "complete" }).Q!.dims)).toBe("B,512,512");
    expect(() => qr(abstractTensor(["m", "n"]))).toThrow("cannot tell which of m and n is smaller");
    const flops = (m: number, n: number, mode: QrMode): number =>
      Number(
        qrOp
          .cost({ inputs: [abstractTensor([m, n])], outputs: [], attributes: { mode, pivoting: false } })
          .flops.value(),
      );
    expect(flops(100, 30, "r")).toBe(2 * 100 * 30 * 30 - (2 * 30 ** 3) / 3);
    expect(flops(30, 100, "r")).toBe(2 * 100 * 30 * 30 - (2 * 30 ** 3) / 3);
    expect(flops(100, 30, "reduced")).toBe(4 * 100 * 30 * 30 - (4 * 30 ** 3) / 3);
    expect(flops(100, 30, "complete")).toBe(
      2 * 100 * 30 * 30 - (2 * 30 ** 3) / 3 + 4 * (100 * 100 * 30 - 100 * 30 * 30) + (4 * 30 ** 3) / 3,
    );
  });

  test("errors", () => {
    expect(() =>
      qr(
        tensor([
          [1, 2],
          [NaN, 4],
        ]),
      ),
    ).toThrow(LinAlgError);
    expect(() =>
      qr(
        tensor([
          [1, 2],
          [NaN, 4],
        ]),
      ),
    ).toThrow("qr: [2, 2] has NaN at [1, 0]");
    const late = new Float64Array(3 * 50 * 40);
    late[2 * 50 * 40 + 41] = -Infinity;
    expect(() => qr(tensor(late, { shape: [3, 50, 40], dtype: "float64" }))).toThrow(
      "has -Infinity at [2, 1, 1]",
    );
    expect(() => qr(tensor([1]))).toThrow("qr: needs at least 2 axes, got [1]");
    expect(() => qr(eye(2), { mode: "full" as "r" })).toThrow('qr: unknown mode "full"');
    expect(() => qr(cast(zeros([2, 2]), "int32"))).toThrow("int32");
  });
});
