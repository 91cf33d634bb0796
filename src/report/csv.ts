import type { Analysis, Extent, OpRow } from "./analysis.js";
import { checkAnalysis } from "./check.js";

const shape = (sizes: readonly Extent[]): string => `[${sizes.join(" ")}]`;

const columns: readonly (readonly [name: string, value: (row: OpRow) => string | number | null])[] = [
  ["path", (row) => row.path],
  ["op", (row) => row.op],
  ["inputs", (row) => row.inputs.map(shape).join(" ")],
  ["output", (row) => shape(row.output)],
  ["dtype", (row) => row.dtype],
  ["params", (row) => row.params],
  ["flops", (row) => row.flops],
  ["matmul_flops", (row) => row.matmulFlops],
  ["bytes_read", (row) => row.bytesRead],
  ["bytes_written", (row) => row.bytesWritten],
  ["flops_per_byte", (row) => row.intensity],
  ["bound", (row) => row.bound],
  ["seconds", (row) => row.seconds],
  ["formula", (row) => row.formula],
];

/** Quotes where RFC 4180 asks for it. */
function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One line per op of the forward pass, raw numbers, with a header (RFC 4180, line feeds).
 *
 * @example
 * toCsv(analyze("models/llama")); // "path,op,inputs,output,dtype,params,flops,…"
 */
export function toCsv(analysis: Analysis): string {
  checkAnalysis("toCsv", analysis);
  const header = columns.map(([name]) => name).join(",");
  const lines = analysis.ops.map((row) => columns.map(([, value]) => cell(value(row))).join(","));
  return `${[header, ...lines].join("\n")}\n`;
}

/**
 * The analysis as it is, for programs.
 *
 * @example
 * JSON.parse(toJson(analyze("models/llama"))).schema; // "lintel.analyze/1"
 */
export function toJson(analysis: Analysis): string {
  checkAnalysis("toJson", analysis);
  return `${JSON.stringify(analysis, null, 2)}\n`;
}
