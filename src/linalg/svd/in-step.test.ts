// Batches of small matrices, which the WebAssembly kernel decomposes in step.
import { expect, describe, test } from "vitest";
import "../kernels.js";
import { withEngine } from "../../backends/engines.js";
import { selectWasmBuild } from "../../kernels/index.js";
import { cast } from "../../ops/cast/op.js";
import { mul } from "../../ops/mul/op.js";
import { select } from "../../ops/select/op.js";
import { stack } from "../../ops/stack/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { randn, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { build, deficient, regular } from "../../../test/hard-matrices.js";
import { epsilons, expectSvdFactors } from "../../../test/svd-laws.js";
import { svd } from "./op.js";

const types = ["float32", "float64"] as const;

/** Decomposes [count, m, n] in one call and expects the laws of each. */
function expectAll(batch: Tensor): void {
  const { U, S, Vh } = withEngine("wasm", () => svd(batch));
  for (let i = 0; i < batch.sizes[0]; i++) {
    const [a, u, s, vh] = [batch, U, S, Vh].map((x) => select(x, 0, i));
    expectSvdFactors(a, { U: u, S: s, Vh: vh });
  }
}

describe.each(types)("%s", (dtype) => {
  test.each([2, 3, 4, 7, 16, 24])("hard matrices of %d rows, side by side", (n) => {
    const entries = Object.values({ ...regular, ...deficient });
    expectAll(stack(entries.map((entry) => build(n, dtype, entry))));
  });

  test.each([
    [3, 2],
    [9, 4],
    [33, 8],
    [64, 5],
    [65, 5],
    [17, 16],
  ])("%d × %d, and its transpose", (m, n) => {
    const batch = randn([7, m, n], { seed: m, dtype });
    expectAll(batch);
    expectAll(transpose(batch));
  });

  test("what a matrix gives does not depend on the others", () => {
    const [a, b] = [1, 2].map((seed) => randn([6, 6], { seed, dtype }));
    const tiny = mul(a, dtype === "float32" ? 1e-30 : 1e-250);
    const results = [
      [a, a],
      [b, zeros([6, 6], { dtype }), tiny, a],
      [tiny, b, b, b, a],
    ].map((matrices) => withEngine("wasm", () => svd(stack(matrices))));
    const last = results.map(({ U, S, Vh }) => [U, S, Vh].map((x) => select(x, 0, x.sizes[0] - 1).toArray()));
    expect(last[1]).toEqual(last[0]);
    expect(last[2]).toEqual(last[0]);
  });

  test.each([
    [2, 2],
    [9, 4],
    [33, 8],
    [64, 5],
    [27, 27],
  ])("%d × %d alone, and with full factors, is as in a batch", (m, n) => {
    const batch = randn([5, m, n], { seed: n, dtype });
    for (const matrices of [batch, transpose(batch)]) {
      const together = withEngine("wasm", () => svd(matrices));
      for (const i of [0, 4]) {
        const a = select(matrices, 0, i);
        const alone = withEngine("wasm", () => svd(a));
        for (const factor of ["U", "S", "Vh"] as const) {
          expect(alone[factor].toArray()).toEqual(select(together[factor], 0, i).toArray());
        }
        expectSvdFactors(a, alone);
        const full = withEngine("wasm", () => svd(a, { fullMatrices: true }));
        expect(full.S.toArray()).toEqual(alone.S.toArray());
        expectSvdFactors(a, full, { fullMatrices: true });
      }
    }
  });

  test("values within n·ε of those of one-sided Jacobi in float64", () => {
    const batch = randn([40, 16, 16], { seed: 3, dtype });
    const together = withEngine("wasm", () => svd(batch).S);
    for (let i = 0; i < 40; i++) {
      const alone = svd(cast(select(batch, 0, i), "float64"), {
        algorithm: "jacobi",
      }).S.toArray() as number[];
      const values = select(together, 0, i).toArray() as number[];
      values.forEach((value, j) =>
        expect(Math.abs(value - alone[j])).toBeLessThan(16 * epsilons[dtype]! * alone[0]),
      );
    }
  });
});

test("in the plain build", () => {
  selectWasmBuild("plain");
  for (const dtype of types) expectAll(randn([9, 12, 10], { seed: 1, dtype }));
  selectWasmBuild("auto");
});
