import type pico from "picocolors";
import { alignShapes } from "../../shape/broadcast.js";
import { sameSize, type Size } from "../../shape/dim.js";
import type { NamedShape, Step } from "./evaluate.js";

type Paint = ReturnType<typeof pico.createColors>;

/** Which axis of each operand is wrong, counted from the right (−1 is the last); 0 for none. */
export function wrongAxes({ expression, operands, error }: Step): readonly number[] {
  if (error === undefined || expression.kind !== "binary") return operands.map(() => 0);
  const [a, b] = operands.map(({ dims }) => dims);
  if (expression.operator !== "@") {
    const axis = typeof error.details["axis"] === "number" ? error.details["axis"] : 0;
    return [a.length >= -axis ? axis : 0, b.length >= -axis ? axis : 0];
  }
  if (a.length === 0 || b.length === 0) return [0, 0];
  const inner = b.length === 1 ? -1 : -2;
  if (!sameSize(a.at(-1)!, b.at(inner)!)) return [-1, inner];
  const batches = alignShapes(a.slice(0, -2), b.slice(0, -2));
  return "axis" in batches ? [batches.axis - 2, batches.axis - 2] : [0, 0];
}

/**
 * Operands under each other, axes aligned on the right, with carets under the wrong ones:
 *
 *     Q  32  512  768
 *                 ^^^
 *     K  32  512  768
 *            ^^^
 */
export function drawOperands(
  operands: readonly NamedShape[],
  wrong: readonly number[],
  paint: Paint,
): string[] {
  const texts = operands.map(({ dims }) => dims.map(String));
  const rank = Math.max(...texts.map((sizes) => sizes.length), 0);
  const cell = (sizes: readonly string[], column: number): string =>
    sizes[column - (rank - sizes.length)] ?? "";
  const widths = Array.from({ length: rank }, (_, column) =>
    Math.max(...texts.map((sizes) => cell(sizes, column).length)),
  );
  const names = Math.max(...operands.map(({ name }) => name.length), 0);
  return operands.flatMap(({ name }, i) => {
    const bad = rank + wrong[i];
    const row = widths.map((width, column) => {
      const text = cell(texts[i], column).padStart(width);
      return wrong[i] !== 0 && column === bad ? paint.red(text) : text;
    });
    const line = `  ${paint.bold(name.padEnd(names))}  ${row.join("  ")}${row.length === 0 ? "scalar" : ""}`;
    if (wrong[i] === 0) return [line];
    const before = widths.slice(0, bad).reduce((sum, width) => sum + width + 2, 0);
    const carets = "^".repeat(cell(texts[i], bad).length).padStart(widths[bad]);
    return [line, paint.red(`  ${" ".repeat(names)}  ${" ".repeat(before)}${carets}`)];
  });
}

export const shapeText = (dims: readonly Size[]): string => `[${dims.map(String).join(", ")}]`;
