// numpy-ts, which chooses its WASM kernels by itself.
import { readFileSync } from "node:fs";
import * as np from "numpy-ts";
import { operands } from "../cases.mjs";

export const synchronous = true;

export function start() {
  np.configureWasm({ maxMemory: 2 ** 30 }); // 256 MiB by default, which the batched case exceeds
  const manifest = new URL("../node_modules/numpy-ts/package.json", import.meta.url);
  return `numpy-ts ${JSON.parse(readFileSync(manifest, "utf8")).version}`;
}

let held = [];

/** Results lie in its WASM memory; they are copied out and disposed, without which it falls back to JavaScript. */
function read(y) {
  const data = y.data.slice();
  y.dispose();
  return data;
}

export function prepare(testCase) {
  for (const old of held) old.dispose();
  held = [];
  const { kind, op, batch, m, n, k, dtype, transposeB, rows, columns } = testCase;
  if (kind === "map" && op !== "exp") return undefined; // it has neither gelu nor softmax
  const [first, second] = operands(testCase);
  const array = (data, type, shape) => {
    const flat = np.array(data, type);
    const shaped = flat.reshape(...shape);
    held.push(shaped, flat);
    return shaped;
  };
  if (kind === "map") {
    const x = array(first, "float32", [rows, columns]);
    return () => read(np.exp(x));
  }
  const lead = batch > 1 ? [batch] : [];
  const a = array(first, dtype, [...lead, m, k]);
  const stored = array(second, dtype, [...lead, ...(transposeB ? [n, k] : [k, n])]);
  const b = transposeB ? stored.transpose() : stored;
  return () => read(a.matmul(b));
}
