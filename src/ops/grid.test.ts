import { expect, test } from "vitest";
import "../backends/cpu.js";
import type { Op } from "../op/define.js";
import { fromElements, randn } from "../tensor/create.js";
import { allocate, type DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { cast } from "./cast/op.js";
import { elementwiseWasm } from "./elementwise-wasm.js";
import { slice } from "./slice/op.js";
import { transpose } from "./transpose/op.js";

/** What the kernel of an op and its reference make of the same operands: their stored elements. */
function both(op: Op<never>, inputs: readonly Tensor[]) {
  const kernel = elementwiseWasm.find(([known]) => known === op)![1][0];
  const [{ dims, dtype }] = op.infer(inputs, undefined as never);
  const [fast, slow] = [0, 1].map(() => {
    const size = dims.reduce<number>((a, b) => a * Number(b), 1);
    return fromElements(allocate(dtype, size), dims, dtype);
  });
  expect(kernel(inputs, [fast], undefined as never)).not.toBe(false);
  op.reference!(inputs, [slow], undefined as never);
  return [fast.elements, slow.elements] as const;
}

const make = (shape: readonly number[], dtype: DType, seed: number) => cast(randn(shape, { seed }), dtype);

/** Pairs whose grids are cut into chunks of rows, or of columns, and whose operands lie in every way. */
const pairs: Record<string, (dtype: DType) => readonly [Tensor, Tensor]> = {
  "a long row": (dtype) => [make([50001], dtype, 1), make([50001], dtype, 2)],
  "wide rows and one row": (dtype) => [make([3, 20003], dtype, 1), make([20003], dtype, 2)],
  "wide rows and a column": (dtype) => [make([3, 20003], dtype, 1), make([3, 1], dtype, 2)],
  "short rows and a column": (dtype) => [make([20003, 3], dtype, 1), make([20003, 1], dtype, 2)],
  "short rows and one row": (dtype) => [make([3], dtype, 1), make([20003, 3], dtype, 2)],
  "rows with gaps": (dtype) => [slice(make([300, 301], dtype, 1), 1, 5, 200), make([300, 195], dtype, 2)],
  "a transposed matrix": (dtype) => [transpose(make([211, 307], dtype, 1)), make([307, 211], dtype, 2)],
  "a row and a column": (dtype) => [make([1, 301], dtype, 1), make([205, 1], dtype, 2)],
  "an axis in the middle": (dtype) => [make([3, 1, 90], dtype, 1), make([3, 80, 90], dtype, 2)],
  "a number": (dtype) => [make([], dtype, 1), make([40000], dtype, 2)],
};

test.for(Object.keys(pairs))("%s: the bits of the reference", (name) => {
  for (const dtype of ["float32", "float64", "float16", "int32"] as const) {
    const operands = pairs[name](dtype);
    for (const op of elementwiseWasm.map(([known]) => known)) {
      if (!["add", "mul", "maximum", "lt", "ge"].includes(op.name)) continue;
      const [fast, slow] = both(op, operands);
      expect(
        fast.findIndex((value, i) => value !== slow[i]),
        `${op.name} of ${dtype}`,
      ).toBe(-1);
    }
  }
});

test("a choice between elements of every width, cut into chunks", () => {
  const condition = cast(make([170, 1], "int32", 3), "bool");
  const where = elementwiseWasm.map(([op]) => op).find(({ name }) => name === "where")!;
  for (const dtype of ["float64", "float32", "float16", "int64", "uint8"] as const) {
    const [fast, slow] = both(where, [condition, make([170, 301], dtype, 1), make([301], dtype, 2)]);
    expect(
      fast.findIndex((value, i) => value !== slow[i]),
      `in ${dtype}`,
    ).toBe(-1);
  }
});
