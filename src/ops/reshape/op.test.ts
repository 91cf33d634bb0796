import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, arange, randn } from "../../tensor/create.js";
import { slice } from "../slice/op.js";
import { transpose } from "../transpose/op.js";
import { reshape } from "./op.js";

test("keeps the row-major order", () => {
  const x = arange(6);
  expect(reshape(x, [2, 3]).toArray()).toEqual([[0, 1, 2], [3, 4, 5]]); // prettier-ignore
  expect(reshape(transpose(reshape(x, [2, 3])), [2, 3]).toArray()).toEqual([[0, 3, 1], [4, 2, 5]]); // prettier-ignore
  expect(reshape(arange(1), []).toArray()).toBe(0);
});

test("there and back gives x", () => {
  const x = transpose(randn([2, 3, 4], { seed: 1 }));
  expect(reshape(reshape(x, [6, -1]), x.dims).toArray()).toEqual(x.toArray());
});

test("is a view where strides allow and else one copy", () => {
  const x = arange(24);
  expect(reshape(x, [4, 6]).elements).toBe(x.elements);
  const every = slice(reshape(x, [4, 6]), 1, 0, 6, 2);
  expect(reshape(every, [2, 2, 3]).elements).toBe(x.elements);
  const corner = slice(reshape(x, [4, 6]), 1, 0, 4);
  expect(reshape(corner, [16]).elements).not.toBe(x.elements);
  expect(priceOf(() => reshape(every, [2, 2, 3])).bytesWritten).toBe(0);
  expect(priceOf(() => reshape(transpose(abstractTensor([32, 512])), [-1]))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512,
    bytesWritten: 4 * 32 * 512,
  });
});

test("works out one size, on names too", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(String(reshape(x, ["B", "n", 12, -1]).dims)).toBe("B,n,12,64");
  expect(String(reshape(x, [-1, 768]).dims)).toBe("B·n,768");
  expect(String(reshape(x, ["B*n", 768]).dims)).toBe("B·n,768");
});

test("says how many elements do not fit", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(() => reshape(x, ["B", 768])).toThrow(
    "reshape: [B, n, 768] has 768·B·n elements but [B, 768] has 768·B elements",
  );
  expect(() => reshape(x, [-1, -1])).toThrow("reshape: only one size may be -1");
  expect(() => reshape(x, ["B", "n", 7, -1])).toThrow("reshape: cannot infer -1 in [B, n, 7, -1]");
});
