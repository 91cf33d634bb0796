export type { Analysis, BlockRow, CheckpointCheck, Fit, OpRow, Times } from "./analysis.js";
export { analyze, analyzeFolder } from "./analyze.js";
export { toCsv, toJson } from "./csv.js";
export { toMarkdown } from "./markdown.js";
export type { AnalyzeOptions } from "./options.js";
export { toText, type TextOptions } from "./text.js";
