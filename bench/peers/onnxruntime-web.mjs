// onnxruntime-web, WASM execution provider: a model of one node, run once a call.
import { createRequire } from "node:module";
import * as ort from "onnxruntime-web";
import { operands } from "../cases.mjs";
import { mapModel, productModel } from "./onnx-model.mjs";

export const synchronous = false;

export function start(threads) {
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = "error";
  const { version } = createRequire(import.meta.url)("../node_modules/onnxruntime-web/package.json");
  return `onnxruntime-web ${version}, ${threads} thread${threads > 1 ? "s" : ""}`;
}

/** A function that runs the session once and returns a promise of the result's elements. */
export async function prepare(testCase) {
  const { kind, dtype, batch, m, n, k, transposeB, rows, columns } = testCase;
  const lead = batch > 1 ? [batch] : [];
  const aShape = kind === "map" ? [rows, columns] : [...lead, m, k];
  const bShape = [...lead, ...(transposeB ? [n, k] : [k, n])];
  const model =
    kind === "map" ? mapModel(testCase.op, aShape) : productModel(testCase, aShape, bShape, [...lead, m, n]);
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  const [a, b] = operands(testCase);
  const feeds = { a: new ort.Tensor(dtype ?? "float32", a, aShape) };
  if (b !== undefined) feeds.b = new ort.Tensor(dtype, b, bShape);
  return async () => (await session.run(feeds)).c.data;
}
