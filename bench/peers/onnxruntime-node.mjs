// onnxruntime-node, CPU execution provider.
import { createRequire } from "node:module";
import ort from "onnxruntime-node";
import { prepareSession } from "./onnx-session.mjs";

export const synchronous = false;

let options;

export function start(threads) {
  options = { executionProviders: ["cpu"], graphOptimizationLevel: "all", intraOpNumThreads: threads };
  const { version } = createRequire(import.meta.url)("../node_modules/onnxruntime-node/package.json");
  return `onnxruntime-node ${version}`;
}

export const prepare = (testCase) => prepareSession(ort, testCase, options);
