import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor, zeros } from "../../tensor/create.js";
import { sum } from "./op.js";
import { add } from "../add/op.js";

test("agrees with NumPy over one axis, several and all", () => {
  const x = tensor(
    [
      [
        [3, -1, 4.5],
        [1, -5, 9],
      ],
      [
        [2, 6, -5],
        [3, 5, -8],
      ],
    ],
    { dtype: "float64" },
  );
  // np.sum(x, axis=-1)
  expectClose(sum(x, -1), [
    [6.5, 5],
    [3, 0],
  ]);
  // np.sum(x, axis=1, keepdims=True)
  expectClose(sum(x, 1, true), [[[4, -6, 13.5]], [[5, 11, -13]]]);
  // np.sum(x, axis=(0, 2))
  expectClose(sum(x, [0, 2]), [9.5, 5]);
  // np.sum(x)
  expectClose(sum(x), 14.5);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => sum(x, -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("takes an axis by name and refuses one that is not there", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(String(sum(x, "n").dims)).toBe("B,768");
  expect(() => sum(x, 3)).toThrow("sum: axis 3 is out of range for [B, n, 768]; its axes are -3 to 2");
  expect(() => sum(x, [1, -2])).toThrow("sum: axis -2 of [B, n, 768] is given twice");
});

test("of nothing is 0", () => {
  expect(sum(zeros([0])).item()).toBe(0);
  expect(sum(zeros([2, 0]), 1).toArray()).toEqual([0, 0]);
  expect(sum(zeros([0, 2]), 1).shape).toEqual([0]);
});

test("of integers and truth values is an exact int64", () => {
  const y = sum(tensor([2n ** 60n, 1n]));
  expect(y.dtype).toBe("int64");
  expect(y.toArray()).toBe(2n ** 60n + 1n);
  expect(sum(tensor([true, true, false])).toString()).toBe("tensor(2, int64)");
});

test("is linear", () => {
  const [a, b] = [1, 2].map((seed) => randn([7, 9], { seed, dtype: "float64" }));
  expectClose(sum(add(a, b), 0), add(sum(a, 0), sum(b, 0)).toArray(), 1e-13);
});
