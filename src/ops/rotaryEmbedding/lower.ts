import { call, type Lowering } from "../../op/lower.js";
import { multiplySizes } from "../../shape/dim.js";
import { behind, inPlace, rowsOf } from "../lower.js";
import type { RotaryAttributes } from "./attributes.js";
import { rotaryFrequencies } from "./frequencies.js";
import { angleTable } from "./table.js";

/** The angles of all positions are computed once; a row's are `offset` rows further down. */
export const lowerRotaryEmbedding: Lowering<RotaryAttributes> = ([x, positions], y, attributes, room) => {
  const [rows, width] = rowsOf(y);
  const period = y.dims.at(-2)!;
  if (positions !== undefined || typeof width !== "number" || typeof period !== "number") return undefined;
  const { theta, scaling, offset, style } = attributes;
  const table = room.constant(JSON.stringify(["angles", width, theta, scaling]), () => {
    const all = Array.from({ length: room.positions }, (_, i) => i);
    return new Float32Array(angleTable(rotaryFrequencies(width, attributes), all, Math.fround));
  });
  const angles = behind(table, multiplySizes(offset, width));
  const interleaved = Number(style === "interleaved");
  return inPlace(x, y, call("rotateF32", y.at, rows, width / 2, angles, 0, period, interleaved));
};
