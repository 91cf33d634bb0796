import type { Analysis } from "./analysis.js";
import { checkAnalysis } from "./check.js";
import { count, integer } from "./format.js";
import {
  blocksSection,
  computeSection,
  memorySection,
  opsSection,
  symbolicSection,
  timeSection,
  type Section,
} from "./sections.js";
import { verdictOf } from "./verdict.js";

/**
 * The analysis as GitHub-flavoured Markdown, to paste into a review.
 *
 * @example
 * toMarkdown(analyze("models/llama")); // "## llama\n\nllama, 2 layers, 12,880 parameters…"
 */
export function toMarkdown(analysis: Analysis): string {
  checkAnalysis("toMarkdown", analysis);
  const { model, settings, params, hardware, checkpoint, notes } = analysis;
  const { fits, memory, time } = verdictOf(analysis);
  const mark = fits === null ? "" : fits ? "✔ " : "✘ ";
  const facts = [
    `${model.modelType}, ${model.layers} layers, ${integer(params.total)} parameters (${count(params.embedding)} embeddings)`,
    `${settings.mode}, batch ${settings.batch} × ${integer(settings.seq)} tokens, ${settings.dtype}`,
    `${settings.attention} attention`,
    ...(hardware === null ? [] : [hardware.name]),
  ];
  const blocks = [
    `## ${model.name}`,
    `${facts.join("; ")}.`,
    [`**${mark}${memory}**`, ...(time === null ? [] : [time])].join(" "),
    ...(checkpoint?.matches === true ? ["Matches the safetensors header exactly: Δ = 0."] : []),
    ...[
      memorySection(analysis),
      computeSection(analysis),
      timeSection(analysis),
      blocksSection(analysis),
      opsSection(analysis),
      symbolicSection(analysis),
    ].flatMap((section) => (section === undefined ? [] : [table(section)])),
    `### Notes\n\n${notes.map((note) => `- ${note}`).join("\n")}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Keeps the tree's indentation and whatever means something to Markdown as text. */
const escape = (text: string): string =>
  text
    .replaceAll("|", "\\|")
    .replaceAll("_", "\\_")
    .replaceAll("<", "&lt;")
    .replaceAll(/ {2,}/g, (s) => "&nbsp;".repeat(s.length));

function table({ title, columns, rows, total }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const body = rows.map((row, r) =>
    line(row.map((text, i) => (r === total && i === 0 ? `**${escape(text)}**` : escape(text)))),
  );
  const rule = columns.map(({ align }) => (align === "right" ? "--:" : ":--"));
  return [`### ${title}`, "", line(columns.map(({ name }) => escape(name))), line(rule), ...body].join("\n");
}
