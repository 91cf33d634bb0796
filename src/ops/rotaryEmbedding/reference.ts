import type { Kernel } from "../../op/define.js";
import { broadcastStrides, readValues, writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { rotaryFrequencies } from "./frequencies.js";
import type { RotaryAttributes } from "./attributes.js";

/** Every pair (a, b) becomes (a cos − b sin, b cos + a sin). */
export const rotaryReference: Kernel<RotaryAttributes> = ([x, positions], [y], attributes) => {
  const [rows, width] = x.sizes.slice(-2);
  const pairs = width / 2;
  const values = readValues(x);
  const given = positions === undefined ? undefined : readValues(perRow(positions, x.sizes.slice(0, -1)));
  // Float32 angles, as every framework stores them, unless x itself is wider.
  const round = y.dtype === "float64" ? (value: number) => value : Math.fround;
  const angles = angleTable(rotaryFrequencies(width, attributes), given, rows, attributes.offset, round);
  const [step, apart] = attributes.style === "half" ? [1, pairs] : [2, 1];
  for (let start = 0, row = 0; start < values.length; start += width, row++) {
    const table = (given === undefined ? row % rows : row) * width;
    for (let i = 0; i < pairs; i++) {
      const [first, second] = [start + i * step, start + i * step + apart];
      const [a, b] = [values[first], values[second]];
      const [cos, sin] = [angles[table + 2 * i], angles[table + 2 * i + 1]];
      values[first] = a * cos - b * sin;
      values[second] = b * cos + a * sin;
    }
  }
  writeValues(y, values);
};

/** cos and sin of every position and frequency: [rows, pairs, 2]. */
function angleTable(
  frequencies: Float64Array,
  positions: Float64Array | undefined,
  rows: number,
  offset: number,
  round: (value: number) => number,
): Float64Array {
  const pairs = frequencies.length;
  const table = new Float64Array((positions?.length ?? rows) * pairs * 2);
  for (let i = 0; i < table.length / 2; i++) {
    const row = Math.floor(i / pairs);
    const angle = (positions?.[row] ?? row + offset) * frequencies[i % pairs];
    table[2 * i] = round(Math.cos(angle));
    table[2 * i + 1] = round(Math.sin(angle));
  }
  return table;
}

const perRow = (positions: Tensor, sizes: readonly number[]): Tensor =>
  positions.withView({ dims: sizes, strides: broadcastStrides(positions, sizes) });
