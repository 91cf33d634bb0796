// A Llama as plain loops over typed arrays: what one writes without a library. Keys and values are cached.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const synchronous = true;

export const start = () => "plain loops over typed arrays";

/** The tensors of a float32 safetensors file. */
function readWeights(path) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + headerBytes).toString());
  const data = file.buffer.slice(file.byteOffset + 8 + headerBytes, file.byteOffset + file.length);
  const view = ({ data_offsets: [from, to] }) => new Float32Array(data, from, (to - from) / 4);
  const tensors = Object.entries(header).filter(([name]) => name !== "__metadata__");
  return Object.fromEntries(tensors.map(([name, entry]) => [name, view(entry)]));
}

/** y = W x, W [rows, x.length]. */
function multiply(W, x, y) {
  const columns = x.length;
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let j = 0, at = i * columns; j < columns; j++, at++) sum += W[at] * x[j];
    y[i] = sum;
  }
  return y;
}

function rmsNorm(x, weight, epsilon, y) {
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i] * x[i];
  const scale = 1 / Math.sqrt(squares / x.length + epsilon);
  for (let i = 0; i < x.length; i++) y[i] = x[i] * scale * weight[i];
  return y;
}

/** Rotates pairs (i, i + d/2) of every head, as Llama in Hugging Face's layout. */
function rotate(x, width, position, theta) {
  for (let head = 0; head < x.length; head += width) {
    for (let i = 0; i < width / 2; i++) {
      const angle = position * theta ** ((-2 * i) / width);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [a, b] = [x[head + i], x[head + i + width / 2]];
      x[head + i] = a * c - b * s;
      x[head + i + width / 2] = b * c + a * s;
    }
  }
}

function softmax(x, length) {
  let largest = -Infinity;
  for (let i = 0; i < length; i++) largest = Math.max(largest, x[i]);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[i] = Math.exp(x[i] - largest);
  for (let i = 0; i < length; i++) x[i] /= sum;
}

function addTo(x, y) {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}

/** Continues the prompt with the likeliest tokens. */
function generate(config, W, { prompt, tokens }) {
  const { hidden_size: d, num_attention_heads: heads, intermediate_size: inner } = config;
  const groups = config.num_key_value_heads ?? heads;
  const [width, most] = [d / heads, prompt.length + tokens];
  const [theta, epsilon] = [config.rope_theta ?? 10000, config.rms_norm_eps];
  const layers = Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const at = (name) => W[`model.layers.${l}.${name}.weight`];
    return {
      attentionNorm: at("input_layernorm"),
      query: at("self_attn.q_proj"),
      key: at("self_attn.k_proj"),
      value: at("self_attn.v_proj"),
      output: at("self_attn.o_proj"),
      mlpNorm: at("post_attention_layernorm"),
      gate: at("mlp.gate_proj"),
      up: at("mlp.up_proj"),
      down: at("mlp.down_proj"),
      keys: new Float32Array(most * groups * width),
      values: new Float32Array(most * groups * width),
    };
  });
  const embedding = W["model.embed_tokens.weight"];
  const head = W["lm_head.weight"] ?? embedding;
  const [x, normed, q, mixed, projected] = Array.from({ length: 5 }, () => new Float32Array(d));
  const [gate, up] = [new Float32Array(inner), new Float32Array(inner)];
  const scores = new Float32Array(most);
  const logits = new Float32Array(head.length / d);
  const generated = [];
  for (let position = 0; generated.length < tokens; position++) {
    const token = position < prompt.length ? prompt[position] : generated.at(-1);
    x.set(embedding.subarray(token * d, (token + 1) * d));
    for (const layer of layers) {
      const row = groups * width;
      rmsNorm(x, layer.attentionNorm, epsilon, normed);
      const k = layer.keys.subarray(position * row, (position + 1) * row);
      const v = layer.values.subarray(position * row, (position + 1) * row);
      multiply(layer.query, normed, q);
      multiply(layer.key, normed, k);
      multiply(layer.value, normed, v);
      rotate(q, width, position, theta);
      rotate(k, width, position, theta);
      mixed.fill(0);
      for (let h = 0; h < heads; h++) {
        const group = Math.floor((h * groups) / heads) * width;
        for (let t = 0; t <= position; t++) {
          let sum = 0;
          for (let i = 0; i < width; i++) sum += q[h * width + i] * layer.keys[t * row + group + i];
          scores[t] = sum / Math.sqrt(width);
        }
        softmax(scores, position + 1);
        for (let t = 0; t <= position; t++) {
          for (let i = 0; i < width; i++)
            mixed[h * width + i] += scores[t] * layer.values[t * row + group + i];
        }
      }
      addTo(x, multiply(layer.output, mixed, projected));
      rmsNorm(x, layer.mlpNorm, epsilon, normed);
      multiply(layer.gate, normed, gate);
      multiply(layer.up, normed, up);
      for (let i = 0; i < inner; i++) up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
      addTo(x, multiply(layer.down, up, projected));
    }
    if (position < prompt.length - 1) continue;
    multiply(head, rmsNorm(x, W["model.norm.weight"], epsilon, normed), logits);
    let best = 0;
    for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
    generated.push(best);
  }
  return Float64Array.from(generated);
}

export function prepare(testCase) {
  if (testCase.kind !== "greedy") return undefined;
  const config = JSON.parse(readFileSync(join(testCase.folder, "config.json"), "utf8"));
  const weights = readWeights(join(testCase.folder, "model.safetensors"));
  return () => generate(config, weights, testCase);
}
