import { expect, test } from "vitest";
import { costFormulas, wave } from "../../../test/expect.js";
import { ShapeError } from "../../base/errors.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { dtypes } from "../../tensor/dtype.js";
import { cast } from "../cast/op.js";
import { transpose } from "../transpose/op.js";
import { embedding } from "./op.js";

const ids = (values: number[][], dtype: "int32" | "int64" = "int32") => tensor(values, { dtype });

test("takes whole rows, in any dtype of the table and layout", () => {
  for (const dtype of dtypes) {
    const table = tensor(
      [
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      { dtype },
    );
    const rows = table.toArray() as unknown[];
    expect(embedding(ids([[2, 0, 2]]), table).toArray()).toEqual([[rows[2], rows[0], rows[2]]]);
    expect(embedding(ids([[1]], "int64"), table).dtype).toBe(dtype);
  }
  const table = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(embedding(ids([[2], [0]]), transpose(table)).toArray()).toEqual([[[3, 6]], [[1, 4]]]);
});

test("moves the ids and the rows that are asked for, not the table", () => {
  const cost = costFormulas(() =>
    embedding(abstractTensor([32, 512], "int32"), abstractTensor([30522, 768])),
  );
  expect(cost.flops.value()).toBe(0n);
  expect(cost.bytesRead.value()).toBe(BigInt(32 * 512 * 4 + 32 * 512 * 768 * 4));
  expect(cost.bytesWritten.value()).toBe(BigInt(32 * 512 * 768 * 4));
  const y = embedding(abstractTensor(["B", "seq"], "int64"), abstractTensor(["V", 768], "bfloat16"));
  expect(`${y.dims} ${y.dtype}`).toBe("B,seq,768 bfloat16");
});

test("an id outside the table names itself, its position and the vocabulary", () => {
  const table = wave([10, 4]);
  expect(() =>
    embedding(
      ids([
        [1, 2],
        [3, 10],
      ]),
      table,
    ),
  ).toThrow(
    "embedding: id 10 at position [1, 1] of ids [2, 2] is not in [0, 10): the table [10, 4] has 10 rows",
  );
  expect(() => embedding(ids([[-1]]), table)).toThrow(ShapeError);
});

test("ids must be integers", () => {
  expect(() => embedding(wave([2]), wave([10, 4]))).toThrow(
    "embedding: ids must be int32 or int64, got float64",
  );
  expect(() => embedding(cast(wave([2]), "bool"), wave([10, 4]))).toThrow("got bool");
});
