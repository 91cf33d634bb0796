import type { Kernel } from "../../op/define.js";
import { broadcastStrides, readValues, writeValues } from "../../op/loops.js";
import { sizeValue } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { rotaryFrequencies } from "./frequencies.js";
import type { RotaryAttributes } from "./attributes.js";
import { angleTable } from "./table.js";

/** Every pair (a, b) becomes (a cos − b sin, b cos + a sin). */
export const rotaryReference: Kernel<RotaryAttributes> = ([x, positions], [y], attributes) => {
  const [rows, width] = x.sizes.slice(-2);
  const pairs = width / 2;
  const values = readValues(x);
  const places =
    positions === undefined
      ? Array.from({ length: rows }, (_, i) => sizeValue(attributes.offset) + i)
      : readValues(perRow(positions, x.sizes.slice(0, -1)));
  // Float32 angles, as every framework stores them, unless x itself is wider.
  const round = y.dtype === "float64" ? (value: number) => value : Math.fround;
  const angles = angleTable(rotaryFrequencies(width, attributes), places, round);
  const [step, apart] = attributes.style === "half" ? [1, pairs] : [2, 1];
  for (let start = 0; start < values.length; start += width) {
    const table = start % angles.length;
    for (let i = 0; i < pairs; i++) {
      const first = start + i * step;
      const a = values[first];
      const b = values[first + apart];
      const cos = angles[table + i];
      const sin = angles[table + pairs + i];
      values[first] = a * cos - b * sin;
      values[first + apart] = b * cos + a * sin;
    }
  }
  writeValues(y, values);
};

/** Positions seen under the leading axes of x. */
export const perRow = (positions: Tensor, sizes: readonly number[]): Tensor =>
  positions.withView({ dims: sizes, strides: broadcastStrides(positions, sizes) });
