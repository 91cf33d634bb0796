import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { DTypeError } from "../../base/errors.js";
import { ShapeError } from "../../base/errors.js";
import { take } from "./op.js";

test("agrees with NumPy along either axis", () => {
  const x = tensor(
    [
      [0, 10, 20, 30],
      [40, 50, 60, 70],
      [80, 90, 100, 110],
    ],
    { dtype: "int32" },
  );
  const indices = tensor(
    [
      [2, 0],
      [-1, 1],
    ],
    { dtype: "int32" },
  );
  // np.take(x, [[2, 0], [-1, 1]], axis=0), axis=1
  expect(take(x, indices).toArray()).toEqual([
    [
      [80, 90, 100, 110],
      [0, 10, 20, 30],
    ],
    [
      [80, 90, 100, 110],
      [40, 50, 60, 70],
    ],
  ]);
  expect(take(x, indices, 1).toArray()).toEqual([
    [
      [20, 0],
      [30, 10],
    ],
    [
      [60, 40],
      [70, 50],
    ],
    [
      [100, 80],
      [110, 90],
    ],
  ]);
});

test("names the index, its position, the axis and the size", () => {
  const indices = tensor(
    [
      [0, 1],
      [2, 7],
    ],
    { dtype: "int64" },
  );
  expect(() => take(ones([5, 3]), indices)).toThrow(
    "take: index 7 at position [1, 1] of the indices [2, 2] is out of range for axis 0 of [5, 3] (5)",
  );
  expect(() => take(ones([5, 3]), indices)).toThrow(ShapeError);
});

test("wants integers", () => {
  expect(() => take(ones([5]), ones([2]))).toThrow(DTypeError);
});

test("reads only what it picks", () => {
  const ids = abstractTensor([32, 512], "int32");
  expect(priceOf(() => take(abstractTensor([30522, 768]), ids))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 + 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512 * 768,
  });
});
