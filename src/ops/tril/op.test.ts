import { expect, test } from "vitest";
import { priceOf } from "../../../test/golden.js";
import { abstractTensor, full, randn, tensor } from "../../tensor/create.js";
import { tril } from "./op.js";
import { add } from "../add/op.js";
import { triu } from "../triu/op.js";

test("agrees with NumPy on every diagonal", () => {
  const x = tensor(
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ],
    { dtype: "int32" },
  );
  // np.tril(x), np.tril(x, -1), np.tril(x, 2), np.tril(x, 9)
  expect(tril(x).toArray()).toEqual([
    [1, 0, 0, 0],
    [5, 6, 0, 0],
    [9, 10, 11, 0],
  ]);
  expect(tril(x, -1).toArray()).toEqual([
    [0, 0, 0, 0],
    [5, 0, 0, 0],
    [9, 10, 0, 0],
  ]);
  expect(tril(x, 2).toArray()).toEqual([
    [1, 2, 3, 0],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
  expect(tril(x, 9).toArray()).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
});

test("and what triu keeps make the whole, in every matrix of a batch", () => {
  const x = randn([2, 5, 3], { seed: 1 });
  expect(add(tril(x, 1), triu(x, 2)).toArray()).toEqual(x.toArray());
});

test("does not spread NaN, and keeps 64-bit integers", () => {
  const x = full([2, 2], NaN);
  expect(tril(x).toArray()).toEqual([
    [NaN, 0],
    [NaN, NaN],
  ]);
  expect(tril(tensor([[2n ** 60n + 1n]])).toArray()).toEqual([[2n ** 60n + 1n]]);
});

test("wants a matrix", () => {
  expect(() => tril(abstractTensor(["n"]))).toThrow("tril: needs at least 2 axes, got [n]");
});

test("reads and writes every element once", () => {
  expect(priceOf(() => tril(abstractTensor([512, 512])))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 512 * 512,
    bytesWritten: 4 * 512 * 512,
  });
});
