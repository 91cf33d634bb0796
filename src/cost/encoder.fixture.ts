// The encoder of the textbook: attention without biases, a pooler. Made of ops and nothing else, so that the tests
// of cost depend on no layer and no model.
import { inModule } from "../op/observer.js";
import { add } from "../ops/add/op.js";
import { embedding } from "../ops/embedding/op.js";
import { gelu } from "../ops/gelu/op.js";
import { layerNorm } from "../ops/layerNorm/op.js";
import { linear } from "../ops/linear/op.js";
import { matmul } from "../ops/matmul/op.js";
import { mul } from "../ops/mul/op.js";
import { reshape } from "../ops/reshape/op.js";
import { softmax } from "../ops/softmax/op.js";
import { transpose } from "../ops/transpose/op.js";
import type { SizeLike } from "../shape/dim.js";
import { abstractTensor } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Traceable } from "./recorder.js";

export interface EncoderSizes {
  readonly layers: number;
  readonly vocabulary: number;
  readonly positions: number;
  readonly width: number;
  readonly heads: number;
  readonly inner: number;
  readonly dtype: DType;
}

export const textbook: EncoderSizes = {
  layers: 12,
  vocabulary: 30000,
  positions: 512,
  width: 768,
  heads: 12,
  inner: 3072,
  dtype: "float32",
};

/** Takes ids [B, n] and positions [n]. The pooler is there for its parameters; nothing runs through it. */
export function encoder(sizes: Partial<EncoderSizes> = {}): Required<Traceable> {
  const { layers, vocabulary, positions, width, heads, inner, dtype } = { ...textbook, ...sizes };
  const parameters = new Map<string, Tensor>();
  let path = "";
  const within = (name: string, body: () => Tensor): Tensor => {
    const outer = path;
    path = `${outer}${name}.`;
    try {
      return inModule(name, body);
    } finally {
      path = outer;
    }
  };
  const parameter = (name: string, ...shape: readonly SizeLike[]): Tensor => {
    const made = parameters.get(path + name) ?? abstractTensor(shape, dtype);
    parameters.set(path + name, made);
    return made;
  };

  const project = (name: string, x: Tensor, outputs: number, inputs: number, bias: boolean): Tensor =>
    within(name, () =>
      linear(x, parameter("weight", outputs, inputs), bias ? parameter("bias", outputs) : undefined),
    );
  const norm = (name: string, x: Tensor): Tensor =>
    within(name, () => layerNorm(x, parameter("weight", width), parameter("bias", width)));

  const attention = (x: Tensor): Tensor => {
    const [batch, length] = x.dims;
    const [q, k, v] = ["query", "key", "value"].map((name) =>
      transpose(reshape(project(name, x, width, width, false), [batch, length, heads, width / heads]), 1, 2),
    );
    const scores = softmax(mul(matmul(q, transpose(k, -2, -1)), (width / heads) ** -0.5));
    const context = reshape(transpose(matmul(scores, v), 1, 2), [batch, length, width]);
    return project("output", context, width, width, false);
  };
  const layer = (x: Tensor): Tensor => {
    const y = norm(
      "norm1",
      add(
        x,
        within("attention", () => attention(x)),
      ),
    );
    const feedForward = () => project("down", gelu(project("up", y, inner, width, true)), width, inner, true);
    return norm("norm2", add(y, within("mlp", feedForward)));
  };
  const embed = (ids: Tensor, at: Tensor): Tensor => {
    const word = embedding(ids, parameter("word", vocabulary, width));
    const position = embedding(at, parameter("position", positions, width));
    const type = embedding(abstractTensor([1], "int32"), parameter("type", 2, width));
    return norm("norm", add(add(word, position), type));
  };

  const forward = (ids: Tensor, at: Tensor): Tensor => {
    let x = within("embeddings", () => embed(ids, at));
    for (let i = 0; i < layers; i++) x = within(`layer.${i}`, () => layer(x));
    return x;
  };
  // One small run makes the parameters known.
  forward(abstractTensor([1, 1], "int32"), abstractTensor([1], "int32"));
  parameters.set("pooler.weight", abstractTensor([width, width], dtype));
  parameters.set("pooler.bias", abstractTensor([width], dtype));
  return { forward, namedParameters: () => parameters };
}

/** Ids and positions as `forward` takes them. */
export const encoderInputs = (batch: SizeLike, length: SizeLike): Tensor[] => [
  abstractTensor([batch, length], "int32"),
  abstractTensor([length], "int32"),
];
