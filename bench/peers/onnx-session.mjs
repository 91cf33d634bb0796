// A one-node model in an inference session: what onnxruntime-web and onnxruntime-node share.
import { operands } from "../cases.mjs";
import { mapModel, productModel } from "./onnx-model.mjs";

/** A function that runs the session once and returns a promise of the result's elements. */
export async function prepareSession({ InferenceSession, Tensor }, testCase, options) {
  const { kind, dtype, batch, m, n, k, layout, op, rows, columns } = testCase;
  if ((kind !== "map" && kind !== "product") || layout?.a === "strided") return undefined;
  const lead = batch > 1 ? [batch] : [];
  const turn = (turned, r, c) => [...lead, ...(turned ? [c, r] : [r, c])];
  const aShape = kind === "map" ? [rows, columns] : turn(layout.a === "transposed", m, k);
  const bShape = kind === "map" ? undefined : turn(layout.b === "transposed", k, n);
  const model =
    kind === "map" ? mapModel(op, aShape) : productModel(testCase, aShape, bShape, [...lead, m, n]);
  const session = await InferenceSession.create(model, options);
  const [a, b] = operands(testCase);
  const feeds = { a: new Tensor(dtype ?? "float32", a, aShape) };
  if (b !== undefined) feeds.b = new Tensor(dtype, b, bShape);
  return async () => (await session.run(feeds)).c.data;
}
