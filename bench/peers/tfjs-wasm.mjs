// @tensorflow/tfjs on its WASM backend, which runs one thread in Node.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { operands } from "../cases.mjs";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");

export const synchronous = true;

export async function start() {
  const manifest = require.resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(`${dirname(manifest)}/dist/`);
  await tf.setBackend("wasm");
  return `tfjs-backend-wasm ${require(manifest).version}`;
}

const maps = {
  exp: tf.exp,
  softmax: (x) => tf.softmax(x),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
};

let held = [];

/** Its tensors stay in WASM memory; results are copied out and disposed. */
export function prepare(testCase) {
  const { kind, dtype, batch, m, n, k, transposeB, op, rows, columns } = testCase;
  for (const old of held) old.dispose();
  held = [];
  if (dtype === "float64") return undefined;
  const [first, second] = operands(testCase);
  const read = (compute) => () => {
    const result = tf.tidy(compute);
    const data = result.dataSync();
    result.dispose();
    return data;
  };
  if (kind === "map") {
    const x = tf.tensor(first, [rows, columns]);
    held = [x];
    return read(() => maps[op](x));
  }
  const lead = batch > 1 ? [batch] : [];
  const a = tf.tensor(first, [...lead, m, k]);
  const b = tf.tensor(second, [...lead, ...(transposeB ? [n, k] : [k, n])]);
  held = [a, b];
  return read(() => tf.matMul(a, b, false, transposeB));
}
