import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, randn, tensor } from "../../tensor/create.js";
import { pad } from "./op.js";
import { slice } from "../slice/op.js";

test("agrees with NumPy", () => {
  // np.pad([[1, 2], [3, 4]], [[1, 0], [0, 2]], constant_values=9)
  expect(
    pad(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      [
        [1, 0],
        [0, 2],
      ],
      9,
    ).toArray(),
  ).toEqual([
    [9, 9, 9, 9],
    [1, 2, 9, 9],
    [3, 4, 9, 9],
  ]);
});

test("is undone by slice", () => {
  const x = randn([5], { seed: 1 });
  expect(slice(pad(x, [[2, 3]], NaN), 0, 2, -3).toArray()).toEqual(x.toArray());
});

test("adds to names and keeps 64-bit integers", () => {
  expect(String(pad(abstractTensor(["n"]), [[1, 1]]).dims)).toBe("n + 2");
  expect(pad(tensor([2n ** 60n + 1n]), [[0, 1]], -1).toArray()).toEqual([2n ** 60n + 1n, -1]);
});

test("wants two widths >= 0 for every axis", () => {
  expect(() => pad(ones([2, 3]), [[1, 1]])).toThrow("pad: [2, 3] needs one [before, after] per axis, got 1");
  expect(() => pad(ones([2]), [[-1, 0]])).toThrow("pad: axis 0 of [2] cannot grow by [-1, 0]");
});

test("reads what is there and writes the whole", () => {
  expect(
    priceOf(() =>
      pad(abstractTensor([32, 100]), [
        [0, 0],
        [0, 28],
      ]),
    ),
  ).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 100,
    bytesWritten: 4 * 32 * 128,
  });
});
