import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import type { Analysis } from "./analysis.js";

/** Fails unless `analysis` is what `analyze` answers. */
export function checkAnalysis(op: string, analysis: Analysis): void {
  const schema = (analysis as Analysis | null | undefined)?.schema;
  if (schema === "lintel.analyze/1" && Array.isArray(analysis.ops)) return;
  throw new ConfigError(`${op}: takes what analyze(model) answers, got ${describe(analysis)}`, {
    op,
    value: analysis,
  });
}
