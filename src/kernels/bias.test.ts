import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { gemm, type GemmCall } from "./gemm.js";

type Floats = Float32ArrayConstructor | Float64ArrayConstructor;

/** A row-major matrix of numbers between −1 and 1 that depend on their place. */
function matrix(Type: Floats, rows: number, columns: number, step: number) {
  const data = new Type(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(i * step);
  return { data, offset: 0, rowStride: columns, colStride: 1 };
}

const result = (Type: Floats, m: number, n: number, fill: number) =>
  ({ data: new Type(m * n).fill(fill), offset: 0, rowStride: n, colStride: 1 }) as GemmCall["c"];

// Blocked, one row, one column, edges of tiles, thin, without depth.
test.for([
  [130, 66, 515],
  [1, 90, 110],
  [90, 1, 110],
  [7, 9, 11],
  [3, 2100, 300],
  [5, 6, 0],
])("a bias is added to every row of a %d × %d × %d product", ([m, n, k]) => {
  for (const Type of [Float32Array, Float64Array]) {
    const operands = { m, n, k, a: matrix(Type, m, k, 0.7), b: matrix(Type, k, n, 0.3) };
    const bias = matrix(Type, 1, n, 1.1).data;
    const plain = result(Type, m, n, 0);
    gemm({ ...operands, c: plain });
    const tolerance = (Type === Float32Array ? 2 ** -23 : 2 ** -52) * (k + 8);
    for (const accumulate of [false, true]) {
      const c = result(Type, m, n, accumulate ? 5 : NaN);
      gemm({ ...operands, c, bias, accumulate });
      const expected = plain.data.map((x, i) => x + bias[i % n] + (accumulate ? 5 : 0));
      const off = c.data.findIndex((x, i) => !(Math.abs(x - expected[i]) <= tolerance));
      expect(off).toBe(-1);
    }
  }
});

test("a bias of the wrong length is refused", () => {
  const [a, b] = [matrix(Float32Array, 2, 3, 1), matrix(Float32Array, 3, 4, 1)];
  const call = { m: 2, n: 4, k: 3, a, b, c: result(Float32Array, 2, 4, 0), bias: new Float32Array(3) };
  expect(() => gemm(call)).toThrow(ShapeError);
  expect(() => gemm(call)).toThrow("gemm: bias has 3 elements, not 4.");
});
