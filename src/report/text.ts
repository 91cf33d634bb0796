import pico from "picocolors";
import { readOptions, requireNumber } from "../base/options.js";
import type { Analysis } from "./analysis.js";
import { shades, stackedBar } from "./bar.js";
import { checkAnalysis } from "./check.js";
import { count, gigabytes, integer } from "./format.js";
import {
  blocksSection,
  computeSection,
  memoryParts,
  memorySection,
  opsSection,
  symbolicSection,
  timeSection,
  type Section,
} from "./sections.js";
import { drawNotes, drawSection, type Paint } from "./table.js";
import { verdictOf } from "./verdict.js";
import { wrap } from "./wrap.js";

export interface TextOptions {
  /** Columns of the terminal. Default 100. */
  readonly width?: number;
  /** Default false. */
  readonly color?: boolean;
}

/**
 * The analysis for a terminal.
 *
 * @example
 * toText(analyze("models/llama"), { width: 80 }); // "llama\nllama, 2 layers, 12,880 parameters…"
 */
export function toText(analysis: Analysis, options: TextOptions = {}): string {
  const { width = 100, color = false } = readOptions("toText", options, ["width", "color"]);
  checkAnalysis("toText", analysis);
  requireNumber("toText", "width", width);
  const paint = pico.createColors(color);
  const columns = Math.max(60, Math.min(width, 120));
  const draw = (section: Section | undefined) =>
    section === undefined ? "" : drawSection(section, columns, paint);
  const blocks = [
    heading(analysis, columns, paint),
    verdict(analysis, columns, paint),
    drawMemory(analysis, columns, paint),
    draw(computeSection(analysis)),
    draw(timeSection(analysis)),
    draw(blocksSection(analysis)),
    draw(opsSection(analysis)),
    drawFormulas(analysis, columns, paint),
    drawNotes(analysis.notes, columns, paint),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function heading(
  { model, params, settings, hardware, memory }: Analysis,
  width: number,
  paint: Paint,
): string {
  const { name, modelType, layers } = model;
  const { mode, batch, seq, dtype, attention, efficiency } = settings;
  const cache = memory.kvCacheBytesPerToken;
  const size = `${integer(params.total)} parameters, ${count(params.embedding)} of them embeddings`;
  const facts = `${modelType}, ${layers} layers, ${size}`;
  const lines = [
    `${paint.bold(name)}\n${wrap(facts, width, "")}`,
    [
      mode,
      `batch ${integer(batch)} × ${integer(seq)} tokens`,
      dtype,
      `${attention} attention`,
      ...(cache > 0 ? [`${integer(cache)} cache bytes per token`] : []),
      ...(hardware === null ? [] : [hardware.name]),
      ...(efficiency === 1 ? [] : [`at ${Math.round(efficiency * 100)} %`]),
    ].join(" · "),
  ];
  return [lines[0], wrap(lines[1], width, "")].join("\n");
}

function verdict(analysis: Analysis, width: number, paint: Paint): string {
  const { fits, memory, time } = verdictOf(analysis);
  const mark = fits === null ? "" : fits ? paint.green("✔ ") : paint.red("✘ ");
  const style = fits === null ? (text: string) => text : fits ? paint.green : paint.red;
  const indent = fits === null ? "" : "  ";
  const lines = [
    mark + wrap(memory, width - 2, indent, style),
    ...(time === null ? [] : [indent + wrap(time, width - 2, indent)]),
  ];
  const check = analysis.checkpoint;
  if (check !== null) {
    const ok = `matches the safetensors header exactly: Δ = 0 of ${integer(check.parameters)} parameters`;
    const off = `differs from the safetensors header: Δ = ${integer(check.difference)}; ${check.differences.join("; ")}`;
    const line = wrap(`Definition ${check.matches ? ok : off}.`, width - 2, "  ");
    lines.push(check.matches ? paint.green("✔ ") + line : paint.red("✘ ") + line);
  }
  return lines.join("\n");
}

const hues = ["blue", "cyan", "magenta", "yellow", "gray"] as const;

function drawMemory(analysis: Analysis, width: number, paint: Paint): string {
  const parts = memoryParts(analysis).filter(({ value }) => value > 0);
  const { fit, memory } = analysis;
  const capacity = fit?.availableBytes;
  const label = gigabytes(capacity ?? memory.totalBytes);
  const hue = (text: string, part: number) => paint[hues[part % hues.length]](text);
  const bar = stackedBar(parts, capacity, width - label.length - 3, hue);
  const table = drawSection(
    memorySection(analysis, (part) => `${hue(shades[part], part)} `),
    width,
    paint,
  );
  return `${table}\n\n  ${bar} ${label}`;
}

function drawFormulas(analysis: Analysis, width: number, paint: Paint): string {
  const section = symbolicSection(analysis);
  if (section === undefined) return "";
  const longest = Math.max(...section.rows.map(([key]) => key.length));
  const lines = section.rows.map(([key, formula]) => {
    const indent = " ".repeat(longest + 4);
    return `  ${paint.dim(key.padEnd(longest))}  ${wrap(formula, width, indent)}`;
  });
  return [paint.bold(section.title), ...lines].join("\n");
}
