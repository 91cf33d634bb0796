// onnxruntime-node, CPU execution provider: a model of one MatMul node.
import { createRequire } from "node:module";
import ort from "onnxruntime-node";
import { productModel } from "../peers/onnx-model.mjs";

const { version } = createRequire(import.meta.url)("../node_modules/onnxruntime-node/package.json");

export const name = `onnxruntime-node ${version}`;
export const synchronous = false;
export const values = (product) => product.data;

export async function prepare({ a, b, edge, dtype }) {
  const shape = [edge, edge];
  const session = await ort.InferenceSession.create(productModel({ dtype }, shape, shape, shape), {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: Number(process.env.LINTEL_THREADS),
  });
  const feeds = {
    a: new ort.Tensor(dtype, a, [edge, edge]),
    b: new ort.Tensor(dtype, b, [edge, edge]),
  };
  return async () => (await session.run(feeds)).c;
}
