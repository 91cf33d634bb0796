export type { Analysis, BlockRow, OpRow } from "./analysis.js";
export { analyze } from "./analyze.js";
export type { AnalyzeOptions } from "./options.js";
