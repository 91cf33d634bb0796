import { ShapeError } from "../../base/errors.js";
import { copyRun } from "../../op/copy.js";
import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { showShape } from "../../shape/dim.js";
import { forEachOffset, type Tensor } from "../../tensor/tensor.js";
import { asWords, moveElement, wordsOf } from "../../tensor/words.js";

/** Copies row by row, as stored: no element is converted. */
export const embeddingReference: Kernel<undefined> = ([ids, table], [y]) => {
  const [from, to, words] = [asWords(table.elements), asWords(y.elements), wordsOf(y.elements)];
  const row = table.withView({ dims: table.dims.slice(1), strides: table.strides.slice(1) });
  const length = row.size;
  readValues(ids).forEach((id, i) => {
    if (!(id >= 0 && id < table.sizes[0])) throw outOfRange(ids, table, id, i);
    const start = id * table.strides[0];
    let at = i * length;
    if (row.isContiguous) copyRun(from, row.offset + start, to, at, length, words);
    else forEachOffset(row, (offset) => moveElement(from, offset + start, to, at++, words));
  });
};

function outOfRange(ids: Tensor, table: Tensor, id: number, i: number): ShapeError {
  const position = ids.sizes.map((size, axis) => {
    const step = ids.sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
    return Math.floor(i / step) % size;
  });
  const vocabulary = table.sizes[0];
  return new ShapeError(
    `embedding: id ${id} at position [${position.join(", ")}] of ids ${showShape(ids.dims)} is not in ` +
      `[0, ${vocabulary}): the table ${showShape(table.dims)} has ${vocabulary} rows`,
    { op: "embedding", shapes: [ids.dims, table.dims], id, position, vocabulary },
  );
}
