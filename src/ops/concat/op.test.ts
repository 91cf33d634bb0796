import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { concat } from "./op.js";
import { cast } from "../cast/op.js";

test("agrees with NumPy along either axis", () => {
  const [a, b] = [
    tensor([[1, 2]]),
    tensor([
      [3, 4],
      [5, 6],
    ]),
  ];
  // np.concatenate([a, b]), np.concatenate([b, b[:, :1]], axis=1)
  expect(concat([a, b]).toArray()).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(concat([b, tensor([[7], [8]])], -1).toArray()).toEqual([
    [3, 4, 7],
    [5, 6, 8],
  ]);
});

test("keeps bits: 64-bit integers and halves", () => {
  expect(concat([tensor([2n ** 60n + 1n]), tensor([-1n])]).toArray()).toEqual([2n ** 60n + 1n, -1]);
  const half = cast(tensor([1 / 3]), "float16");
  expect([...concat([half, half]).elements]).toEqual([...half.elements, ...half.elements]);
  expect(concat([half, tensor([1])]).dtype).toBe("float32");
});

test("adds names up", () => {
  const [past, now] = [abstractTensor(["B", "past", 64]), abstractTensor(["B", 1, 64])];
  expect(String(concat([past, now], 1).dims)).toBe("B,past + 1,64");
});

test("names the shapes that differ", () => {
  expect(() => concat([ones([2, 3]), ones([2, 4])])).toThrow(
    "concat: [2, 3] and [2, 4] differ outside axis 0",
  );
  expect(() => concat([])).toThrow("concat: empty list");
  expect(() => concat([ones([1]), 3 as never])).toThrow("concat: operand 1 is not a tensor but 3");
});

test("reads and writes every element once", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => concat([x, x], 1))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 2 * 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 1024 * 768,
  });
});
