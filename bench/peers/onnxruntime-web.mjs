// onnxruntime-web, WASM execution provider, one thread: a model of one MatMul (A·B) or one Gemm (A·Bᵀ) node.
import { createRequire } from "node:module";
import * as ort from "onnxruntime-web";
import { productModel } from "./onnx-model.mjs";

const { version } = createRequire(import.meta.url)("../node_modules/onnxruntime-web/package.json");

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

export const name = `onnxruntime-web ${version} (wasm)`;

/** A function that runs the session once and returns (a promise of) the product's elements. */
export async function prepare({ a, b, edge, transposeB }) {
  const session = await ort.InferenceSession.create(productModel(edge, transposeB), {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const feeds = {
    a: new ort.Tensor("float32", a, [edge, edge]),
    b: new ort.Tensor("float32", b, [edge, edge]),
  };
  return async () => (await session.run(feeds)).c.data;
}
