import { rotateRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { sizeValue } from "../../shape/dim.js";
import { computesInFloat32, float32Values, writeFloat32 } from "../wasm.js";
import type { RotaryAttributes } from "./attributes.js";
import { rotaryFrequencies } from "./frequencies.js";
import { perRow } from "./reference.js";
import { angleTable, sharedTable } from "./table.js";

export const rotaryWasm: Kernel<RotaryAttributes> = ([x, positions], [y], attributes) => {
  const input = computesInFloat32(y) ? float32Values(x) : undefined;
  if (input === undefined || input.length === 0) return false;
  const [rows, width] = x.sizes.slice(-2);
  const table =
    positions === undefined
      ? sharedTable(width, rows, sizeValue(attributes.offset), attributes)
      : new Float32Array(
          angleTable(
            rotaryFrequencies(width, attributes),
            readValues(perRow(positions, x.sizes.slice(0, -1))),
            Math.fround,
          ),
        );
  const interleaved = attributes.style === "interleaved";
  return writeFloat32(y, (output) =>
    rotateRows({ input, output, pairs: width / 2, table, period: table.length / width, interleaved }),
  );
};
