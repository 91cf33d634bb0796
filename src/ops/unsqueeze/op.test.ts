import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { unsqueeze } from "./op.js";

test("inserts an axis of size 1 anywhere", () => {
  const x = abstractTensor(["B", 3]);
  expect([0, 1, 2, -1, -3].map((axis) => String(unsqueeze(x, axis).dims))).toEqual([
    "1,B,3",
    "B,1,3",
    "B,3,1",
    "B,3,1",
    "1,B,3",
  ]);
});

test("keeps the elements", () => {
  expect(
    unsqueeze(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      1,
    ).toArray(),
  ).toEqual([[[1, 2]], [[3, 4]]]);
});

test("refuses positions outside", () => {
  expect(() => unsqueeze(ones([2, 3]), 3)).toThrow("unsqueeze: axis 3 is out of range for [2, 3]");
  expect(() => unsqueeze(ones([2, 3]), -4)).toThrow(ShapeError);
});

test("costs nothing", () => {
  expect(priceOf(() => unsqueeze(ones([2]), 0))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
