// @tensorflow/tfjs on its WASM backend, which runs one thread in Node.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { layerOperands, layerShapes, operands } from "../cases.mjs";

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
const read = (compute) => () => {
  const result = tf.tidy(compute);
  const data = result.dataSync();
  result.dispose();
  return data;
};

export function prepare(testCase) {
  const { kind, dtype, batch, m, n, k, layout, op, rows, columns } = testCase;
  for (const old of held) old.dispose();
  held = [];
  if (kind === "layer") return layer(testCase);
  if (dtype === "float64" || (kind !== "map" && kind !== "product")) return undefined;
  const [first, second] = operands(testCase);
  if (kind === "map") {
    const x = tf.tensor(first, [rows, columns]);
    held = [x];
    return read(() => maps[op](x));
  }
  if (layout.a === "strided") return undefined;
  const lead = batch === 1 ? [] : [batch];
  const [turnA, turnB] = [layout.a === "transposed", layout.b === "transposed"];
  const a = tf.tensor(first, [...lead, ...(turnA ? [k, m] : [m, k])]);
  const b = tf.tensor(second, [...lead, ...(turnB ? [n, k] : [k, n])]);
  held = [a, b];
  return read(() => tf.matMul(a, b, turnA, turnB));
}

/** Weights are stored transposed, [in, out], which is what its fast product wants. */
function layer(testCase) {
  const { tokens, width: d, heads } = testCase;
  const shapes = layerShapes(testCase);
  const { x: input, ...parameters } = layerOperands(testCase);
  const x = tf.tensor(input, [tokens, d]);
  const w = {};
  for (const [name, data] of Object.entries(parameters)) {
    const stored = tf.tensor(data, shapes[name]);
    w[name] = shapes[name].length === 2 ? tf.transpose(stored) : stored;
  }
  held = [x, ...Object.values(w)];
  const linear = (y, name) => tf.add(tf.matMul(y, w[name]), w[`${name}Bias`]);
  const normalize = (y) => {
    const { mean, variance } = tf.moments(y, -1, true);
    return tf.mul(tf.sub(y, mean), tf.rsqrt(tf.add(variance, 1e-12)));
  };
  const split = (y) => tf.transpose(tf.reshape(y, [tokens, heads, d / heads]), [1, 0, 2]);
  return read(() => {
    const [q, k, v] = ["query", "key", "value"].map((name) => split(linear(x, name)));
    const scores = tf.softmax(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(d / heads)));
    const mixed = tf.reshape(tf.transpose(tf.matMul(scores, v), [1, 0, 2]), [tokens, d]);
    const h = normalize(tf.add(x, linear(mixed, "output")));
    return normalize(tf.add(h, linear(maps.gelu(linear(h, "up")), "down")));
  });
}
