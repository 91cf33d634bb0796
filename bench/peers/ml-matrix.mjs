// ml-matrix: plain JavaScript, float64.
import { createRequire } from "node:module";
import { Matrix } from "ml-matrix";
import { operands } from "../cases.mjs";

export const synchronous = true;

export function start() {
  const { version } = createRequire(import.meta.url)("../node_modules/ml-matrix/package.json");
  return `ml-matrix ${version}`;
}

/** A·B in float64 up to 512: beyond that a product takes seconds. */
export function prepare(testCase) {
  const { kind, batch, m, n, k, dtype, transposeB } = testCase;
  if (kind !== "product" || dtype !== "float64" || batch > 1 || transposeB || m > 512) return undefined;
  const [first, second] = operands(testCase);
  const a = Matrix.from1DArray(m, k, first);
  const b = Matrix.from1DArray(k, n, second);
  return () => Float64Array.from(a.mmul(b).to1DArray());
}
