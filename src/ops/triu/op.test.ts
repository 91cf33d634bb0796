import { expect, test } from "vitest";
import { priceOf } from "../../../test/golden.js";
import { abstractTensor, full, randn, tensor } from "../../tensor/create.js";
import { triu } from "./op.js";
import { add } from "../add/op.js";
import { tril } from "../tril/op.js";

test("agrees with NumPy on every diagonal", () => {
  const x = tensor(
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ],
    { dtype: "int32" },
  );
  // np.triu(x), np.triu(x, -1), np.triu(x, 2), np.triu(x, 9)
  expect(triu(x).toArray()).toEqual([
    [1, 2, 3, 4],
    [0, 6, 7, 8],
    [0, 0, 11, 12],
  ]);
  expect(triu(x, -1).toArray()).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [0, 10, 11, 12],
  ]);
  expect(triu(x, 2).toArray()).toEqual([
    [0, 0, 3, 4],
    [0, 0, 0, 8],
    [0, 0, 0, 0],
  ]);
  expect(triu(x, 9).toArray()).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
});

test("and what tril keeps make the whole, in every matrix of a batch", () => {
  const x = randn([2, 5, 3], { seed: 1 });
  expect(add(triu(x, -1), tril(x, -2)).toArray()).toEqual(x.toArray());
});

test("does not spread NaN, and keeps 64-bit integers", () => {
  const x = full([2, 2], NaN);
  expect(triu(x).toArray()).toEqual([
    [NaN, NaN],
    [0, NaN],
  ]);
  expect(triu(tensor([[2n ** 60n + 1n]])).toArray()).toEqual([[2n ** 60n + 1n]]);
});

test("wants a matrix", () => {
  expect(() => triu(abstractTensor(["n"]))).toThrow("triu: needs at least 2 axes, got [n]");
});

test("reads and writes every element once", () => {
  expect(priceOf(() => triu(abstractTensor([512, 512])))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 512 * 512,
    bytesWritten: 4 * 512 * 512,
  });
});
