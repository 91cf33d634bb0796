// numpy-ts, which chooses its WASM kernels by itself.
import { readFileSync } from "node:fs";
import * as np from "numpy-ts";
import { operands } from "../cases.mjs";

export const synchronous = true;

export function start() {
  const manifest = new URL("../node_modules/numpy-ts/package.json", import.meta.url);
  return `numpy-ts ${JSON.parse(readFileSync(manifest, "utf8")).version}`;
}

export function prepare(testCase) {
  const { kind, op, batch, m, n, k, dtype, transposeB, rows, columns } = testCase;
  if (kind === "map" && op !== "exp") return undefined; // it has neither gelu nor softmax
  const [first, second] = operands(testCase);
  if (kind === "map") {
    const x = np.array(first, "float32").reshape(rows, columns);
    return () => np.exp(x).data;
  }
  const lead = batch > 1 ? [batch] : [];
  const a = np.array(first, dtype).reshape(...lead, m, k);
  const stored = np.array(second, dtype).reshape(...lead, ...(transposeB ? [n, k] : [k, n]));
  return () => a.matmul(transposeB ? stored.transpose() : stored).data;
}
