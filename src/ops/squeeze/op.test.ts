import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, randn } from "../../tensor/create.js";
import { squeeze } from "./op.js";
import { unsqueeze } from "../unsqueeze/op.js";

test("drops axes of size 1: all, or those given", () => {
  const x = ones([1, 3, 1, 2]);
  expect(squeeze(x).shape).toEqual([3, 2]);
  expect(squeeze(x, -2).shape).toEqual([1, 3, 2]);
  expect(squeeze(x, [0, 2]).shape).toEqual([3, 2]);
});

test("undoes unsqueeze", () => {
  const x = randn([2, 3], { seed: 1 });
  for (const axis of [0, 1, 2]) expect(squeeze(unsqueeze(x, axis), axis).toArray()).toEqual(x.toArray());
});

test("refuses other sizes, and a name even if it may turn out to be 1", () => {
  expect(() => squeeze(ones([1, 3]), 1)).toThrow("squeeze: axis 1 of [1, 3] is 3, not 1");
  expect(() => squeeze(abstractTensor(["B", 3]), "B")).toThrow("squeeze: axis 0 of [B, 3] is B, not 1");
});

test("costs nothing", () => {
  expect(priceOf(() => squeeze(ones([1, 3])))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
