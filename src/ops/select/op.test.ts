import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { ones, randn, tensor } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { select } from "./op.js";
import { stack } from "../stack/op.js";

test("drops the axis at one index", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(select(x, 0, -1).toArray()).toEqual([4, 5, 6]);
  expect(select(x, 1, 1).toArray()).toEqual([2, 5]);
  expect(select(select(x, 0, 1), 0, 2).toArray()).toBe(6);
});

test("all selections stacked give x back", () => {
  const x = randn([3, 4], { seed: 1 });
  expect(stack([0, 1, 2].map((i) => select(x, 0, i))).toArray()).toEqual(x.toArray());
});

test("refuses an index outside the axis", () => {
  expect(() => select(ones([2, 3]), 1, 3)).toThrow(
    "select: index 3 is out of range for axis 1 of [2, 3] (3)",
  );
  expect(() => select(ones([2, 3]), 1, -4)).toThrow(ShapeError);
  expect(() => select(ones([0]), 0, 0)).toThrow(ShapeError);
});

test("costs nothing", () => {
  expect(priceOf(() => select(ones([5]), 0, 1))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
