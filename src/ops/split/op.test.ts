import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, arange, ones, randn } from "../../tensor/create.js";
import { split } from "./op.js";
import { concat } from "../concat/op.js";

test("into equal parts or given lengths, which concat undoes", () => {
  const x = randn([6, 4], { seed: 1 });
  expect(split(x, 3).map((part) => part.shape)).toEqual([
    [2, 4],
    [2, 4],
    [2, 4],
  ]);
  const parts = split(x, [1, 0, 3], -1);
  expect(parts.map((part) => part.shape)).toEqual([
    [6, 1],
    [6, 0],
    [6, 3],
  ]);
  expect(concat(parts, 1).toArray()).toEqual(x.toArray());
});

test("gives views", () => {
  const x = arange(6);
  expect(split(x, 2)[1].elements).toBe(x.elements);
});

test("divides names", () => {
  expect(split(abstractTensor(["B", "3*n"]), 3, 1).map((part) => String(part.dims))).toEqual([
    "B,n",
    "B,n",
    "B,n",
  ]);
});

test("refuses parts that do not fill the axis", () => {
  expect(() => split(ones([5, 2]), 2)).toThrow("split: axis 0 of [5, 2] is 5, not divisible by 2");
  expect(() => split(ones([5, 2]), [2, 2])).toThrow(
    "split: parts [2, 2] add up to 4, but axis 0 of [5, 2] is 5",
  );
  expect(() => split(abstractTensor(["n"]), 2)).toThrow("split: axis 0 of [n] is n, not divisible by 2");
});

test("costs nothing", () => {
  expect(priceOf(() => split(ones([4]), 2))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
