import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { where } from "./op.js";
import { cast } from "../cast/op.js";

test("agrees with NumPy, three operands broadcast", () => {
  const condition = tensor([[true], [false]]);
  // np.where([[True], [False]], [1, 2, 3], 0.5)
  expectClose(where(condition, tensor([1, 2, 3]), 0.5), [
    [1, 2, 3],
    [0.5, 0.5, 0.5],
  ]);
  expect(where(tensor([0, 2, NaN]), 1, -1).toArray()).toEqual([-1, 1, 1]);
});

test("x and y meet in one dtype, unchanged", () => {
  const condition = tensor([true, false]);
  expect(
    where(condition, tensor([2n ** 60n + 1n, 0n]), tensor([1, 2], { dtype: "int32" })).toArray(),
  ).toEqual([2n ** 60n + 1n, 2]);
  const half = cast(tensor([1 / 3, NaN]), "float16");
  expect(where(condition, half, half).toString()).toBe(half.toString());
  expect(where(condition, half, 0).dtype).toBe("float16");
});

test("names the shapes that do not fit", () => {
  expect(() => where(ones([2]), ones([2]), ones([3]))).toThrow(ShapeError);
  expect(() => where(ones([2]), ones([2]), ones([3]))).toThrow(
    "where: cannot broadcast [2] with [3]: axis -1 is 2 vs 3",
  );
});

test("moves bytes and computes nothing", () => {
  const mask = abstractTensor([512, 512], "bool");
  const scores = abstractTensor([12, 512, 512]);
  expect(priceOf(() => where(mask, scores, -Infinity))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 512 * 512 + 4 * 12 * 512 * 512 + 4,
    bytesWritten: 4 * 12 * 512 * 512,
  });
});
