// Everything public, by entry point, and objects whose methods can be called.
import * as cost from "../../src/cost.js";
import * as formats from "../../src/formats/index.js";
import * as lintel from "../../src/index.js";
import * as linalg from "../../src/linalg/index.js";
import * as models from "../../src/models/index.js";
import * as nn from "../../src/nn/index.js";
import { smallConfigs } from "./junk.js";

export type Callable = (...operands: unknown[]) => unknown;
export type Class = abstract new (...operands: never[]) => object;

/** `measureMachine` with sizes that take no time, where it is given none. */
const quickly: Callable = (options) => {
  let time = 0;
  const quick = { now: () => time++, seconds: 0, gemmSizes: [2], copyBytes: 64 };
  const none = typeof options === "object" && options !== null && Object.keys(options).length === 0;
  return (cost.measureMachine as Callable)(none || options === undefined ? quick : options);
};

/** The exports of every entry point, as package.json calls it. */
export const entries: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ".": lintel,
  "./linalg": linalg,
  "./nn": nn,
  "./models": models,
  "./formats": formats,
  "./cost": { ...cost, measureMachine: quickly },
};

export const isClass = (value: unknown): value is Class =>
  typeof value === "function" && Function.prototype.toString.call(value).startsWith("class");

const { input, randn, tensor, zeros } = lintel;
const x = randn([3, 3]);

class Doubling extends nn.Module {
  readonly factor = tensor([2]);

  forward(operand: lintel.Tensor): lintel.Tensor {
    return lintel.mul(operand, this.factor);
  }
}

/** Objects by what they are; each exported class has one at least. Made anew for every method. */
export const instances: Readonly<Record<string, () => object | Promise<object>>> = {
  "a random stream": () => new lintel.Random(7),
  "a polynomial": () => lintel.Polynomial.symbol("n").plus(1),
  "a matrix": () => randn([3, 3]),
  "a batch": () => randn([2, 3, 3]),
  "an integer matrix": () => tensor([[1, 2]], { dtype: "int32" }),
  "an abstract matrix": () => input(["B", "n"]),
  "an empty matrix": () => zeros([0, 0]),
  "a fitted PCA": () => new linalg.PCA().fit(x),
  "a PCA": () => new linalg.PCA(),
  "an attention layer": () => new nn.MultiHeadAttention(4, 2),
  "a cache": () => new nn.KeyValueCache(),
  "an embedding": () => new nn.Embedding(3, 3),
  "a layer norm": () => new nn.LayerNorm(3),
  "a linear layer": () => new nn.Linear(3, 3),
  "a gated feed-forward layer": () => new nn.GatedMlp(3, 4),
  "a feed-forward layer": () => new nn.Mlp(3, 4),
  "a root-mean-square norm": () => new nn.RMSNorm(3),
  "a module": () => new Doubling(),
  "an encoder": () => models.buildModel(smallConfigs.bert),
  "a GPT-2": () => models.buildModel(smallConfigs.gpt2),
  "a Llama": () => models.buildModel(smallConfigs.llama),
  "a GPT-NeoX": () => models.buildModel(smallConfigs.neox),
  "a checkpoint": async () => formats.openSafetensors(await formats.encodeSafetensors({ x })),
  "a recorder": () => new cost.Recorder(),
  "a trace": () => cost.trace(new nn.Linear(3, 3), [x]),
  "a symbolic trace": () => cost.trace(new nn.Linear(3, 3), [input(["B", 3])]),
};
