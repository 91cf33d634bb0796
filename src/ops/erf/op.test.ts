import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { erf } from "./op.js";
import { neg } from "../neg/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // scipy.special.erf(x)
  expectClose(erf(x), [
    -0.9999779095030014,
    -0.9661051464753108,
    -0.5204998778130465,
    -0,
    0.2763263901682369,
    0.8427007929497148,
    0.999593047982555,
    1,
    1,
    -1,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => erf(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("is odd and keeps small numbers to full relative accuracy", () => {
  const x = randn([50], { seed: 7, dtype: "float64" });
  expect(erf(neg(x)).toArray()).toEqual(neg(erf(x)).toArray());
  expectClose(erf(tensor([1e-300, 1e-9], { dtype: "float64" })), [
    2e-300 / Math.sqrt(Math.PI),
    2e-9 / Math.sqrt(Math.PI),
  ]);
});

test("is continuous where its approximations meet", () => {
  // scipy.special.erf([0.46875, np.nextafter(0.46875, 1), 4, np.nextafter(4, 5)])
  expectClose(
    erf(tensor([0.46875, 0.46875000000000006, 4, 4.000000000000001], { dtype: "float64" })),
    [0.492613473217938, 0.492613473217938, 0.9999999845827421, 0.9999999845827421],
  );
});
