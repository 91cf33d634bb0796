import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, arange, ones, randn } from "../../tensor/create.js";
import { permute } from "./op.js";
import { transpose } from "../transpose/op.js";

test("agrees with NumPy", () => {
  const x = arange(24).withView({ dims: [2, 3, 4], strides: [12, 4, 1] });
  // np.arange(24).reshape(2, 3, 4).transpose(2, 0, 1)
  expect(permute(x, [2, 0, 1]).toArray()).toEqual([
    [
      [0, 4, 8],
      [12, 16, 20],
    ],
    [
      [1, 5, 9],
      [13, 17, 21],
    ],
    [
      [2, 6, 10],
      [14, 18, 22],
    ],
    [
      [3, 7, 11],
      [15, 19, 23],
    ],
  ]);
});

test("followed by its inverse gives x back, and swapping is transpose", () => {
  const x = randn([2, 3, 4], { seed: 1 });
  expect(permute(permute(x, [2, 0, 1]), [1, 2, 0]).toArray()).toEqual(x.toArray());
  expect(permute(x, [0, -1, 1]).strides).toEqual(transpose(x).strides);
});

test("takes axes by name", () => {
  expect(String(permute(abstractTensor(["B", "n", "d"]), ["d", "B", "n"]).dims)).toBe("d,B,n");
});

test("wants every axis once", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(() => permute(x, 1 as never)).toThrow(
    "permute: give the axes as one list, such as .permute([1, 0])",
  );
  expect(() => permute(x, [0, 1])).toThrow("permute: [B, n, 768] needs 3 axes, got 2");
  expect(() => permute(x, [0, 1, -2])).toThrow("permute: axis -2 is repeated");
});

test("costs nothing", () => {
  expect(priceOf(() => permute(ones([2, 3]), [1, 0]))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
