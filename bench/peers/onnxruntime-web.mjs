// onnxruntime-web, WASM execution provider.
import { createRequire } from "node:module";
import * as ort from "onnxruntime-web";
import { prepareSession } from "./onnx-session.mjs";

export const synchronous = false;

export function start(threads) {
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = "error";
  const { version } = createRequire(import.meta.url)("../node_modules/onnxruntime-web/package.json");
  return `onnxruntime-web ${version}, ${threads} thread${threads > 1 ? "s" : ""}`;
}

export const prepare = (testCase) => prepareSession(ort, testCase, { executionProviders: ["wasm"] });
