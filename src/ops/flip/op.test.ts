import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { flip } from "./op.js";
import { transpose } from "../transpose/op.js";

test("reverses one axis, several or all", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(flip(x).toArray()).toEqual([
    [6, 5, 4],
    [3, 2, 1],
  ]);
  expect(flip(x, 0).toArray()).toEqual([
    [4, 5, 6],
    [1, 2, 3],
  ]);
  expect(flip(transpose(x), -1).toArray()).toEqual([
    [4, 1],
    [5, 2],
    [6, 3],
  ]);
});

test("undoes itself", () => {
  const x = randn([3, 4, 5], { seed: 1 });
  expect(flip(flip(x, [0, 2]), [2, 0]).toArray()).toEqual(x.toArray());
});

test("reads and writes every element once", () => {
  expect(priceOf(() => flip(abstractTensor([32, 8])))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 8,
    bytesWritten: 4 * 32 * 8,
  });
});
