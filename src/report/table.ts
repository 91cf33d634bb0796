import pico from "picocolors";
import stringWidth from "string-width";
import type { Section } from "./sections.js";
import { wrap } from "./wrap.js";

export type Paint = ReturnType<typeof pico.createColors>;

/** Letters of a label that must be left to tell it from others. */
const LABEL = 20;

/** A table without lines. Too wide, it loses its optional columns, the ends of its longest labels, its last columns. */
export function drawSection(section: Section, width: number, paint: Paint): string {
  const all = section.columns.map((_, i) => i);
  const kept = all.filter((i) => section.columns[i].optional !== true);
  const widthOf = (shown: readonly number[]) =>
    Math.max(...drawColumns(section, shown, plain).map((line) => line.length));
  let shown = widthOf(all) <= width ? all : kept;
  const longest = Math.max(...section.rows.map(([label]) => label.length));
  while (shown.length > 2 && longest - (widthOf(shown) - width) < Math.min(LABEL, longest)) {
    shown = shown.slice(0, -1);
  }
  const excess = Math.max(0, widthOf(shown) - width);
  return [paint.bold(section.title), ...drawColumns(shortened(section, excess), shown, paint)].join("\n");
}

/** The first column, narrower by `excess`. */
function shortened(section: Section, excess: number): Section {
  if (excess === 0) return section;
  const room = Math.max(...section.rows.map(([label]) => label.length)) - excess;
  const rows = section.rows.map(([label, ...rest]) => [
    label.length > room ? `${label.slice(0, room - 1)}…` : label,
    ...rest,
  ]);
  return { ...section, rows };
}

const plain = pico.createColors(false);

function drawColumns({ columns, rows, total }: Section, shown: readonly number[], paint: Paint): string[] {
  const head = columns.map(({ name }) => name && paint.dim(name));
  const body = rows.map((row, r) => (r === total ? row.map((text) => paint.bold(text)) : row));
  const lines = [head, ...body].map((cells) => shown.map((i) => cells[i]));
  const widths = shown.map((_, i) => Math.max(...lines.map((cells) => stringWidth(cells[i]))));
  return lines.map((cells) => {
    const padded = cells.map((text, i) => {
      const room = " ".repeat(widths[i] - stringWidth(text));
      return columns[shown[i]].align === "right" ? room + text : text + room;
    });
    return `  ${padded.join("  ")}`.trimEnd();
  });
}

/** What a reader must know, below the tables. */
export function drawNotes(notes: readonly string[], width: number, paint: Paint): string {
  return [paint.bold("Notes"), ...notes.map((note) => `  ${paint.dim(wrap(note, width - 2, "  "))}`)].join(
    "\n",
  );
}
