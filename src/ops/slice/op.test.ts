import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, arange, ones, randn, tensor } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { slice } from "./op.js";
import { concat } from "../concat/op.js";
import { namedSize } from "../../shape/dim.js";

test("agrees with Python's x[start:end:step]", () => {
  const x = arange(10);
  // np.arange(10)[2:7], [-3:], [:-8], [1:9:3], [4:4], [7:2]
  expect(slice(x, 0, 2, 7).toArray()).toEqual([2, 3, 4, 5, 6]);
  expect(slice(x, 0, -3).toArray()).toEqual([7, 8, 9]);
  expect(slice(x, 0, 0, -8).toArray()).toEqual([0, 1]);
  expect(slice(x, 0, 1, 9, 3).toArray()).toEqual([1, 4, 7]);
  expect(slice(x, 0, 4, 4).toArray()).toEqual([]);
  expect(slice(x, 0, 7, 2).toArray()).toEqual([]);
});

test("the halves of an axis make the whole", () => {
  const x = randn([5, 4], { seed: 1 });
  for (const cut of [0, 1, 4]) {
    expect(concat([slice(x, 1, 0, cut), slice(x, 1, cut)], 1).toArray()).toEqual(x.toArray());
  }
});

test("of a slice shares the elements", () => {
  const x = arange(20);
  const y = slice(slice(x, 0, 2, 18, 2), 0, 1, 7, 3);
  expect(y.toArray()).toEqual([4, 10]);
  expect(y.elements).toBe(x.elements);
});

test("keeps names and finds its start where the name has a size", () => {
  expect(String(slice(abstractTensor(["n", 3]), "n", 1, -1).dims)).toBe("n - 2,3");
  const sized = tensor([1, 2, 3, 4], { shape: [namedSize("n", 4)] });
  expect(slice(sized, 0, -2).toArray()).toEqual([3, 4]);
  expect(slice(sized, 0, 0, 4, 2).toArray()).toEqual([1, 3]);
  expect(() => slice(sized, 0, 5)).toThrow("slice: 5: exceeds axis 0 of [n] (n)");
});

test("refuses bounds outside the axis, and backwards steps", () => {
  expect(() => slice(ones([5, 3]), 0, 2, 6)).toThrow("slice: 2:6 exceeds axis 0 of [5, 3] (5)");
  expect(() => slice(ones([5]), 0, -6)).toThrow(ShapeError);
  expect(() => slice(ones([5]), 0, 0, 5, -1)).toThrow("step must be positive; use .flip(axis) to reverse");
  expect(() => slice(ones([5]), 0, 0.5)).toThrow("bounds must be integers");
});

test("costs nothing", () => {
  expect(priceOf(() => slice(ones([5]), 0, 1))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
