import { ConfigError } from "../base/errors.js";
import { describe } from "../base/describe.js";
import { gelu } from "../ops/gelu/op.js";
import { mul } from "../ops/mul/op.js";
import { relu } from "../ops/relu/op.js";
import { sigmoid } from "../ops/sigmoid/op.js";
import { silu } from "../ops/silu/op.js";
import { square } from "../ops/square/op.js";
import { tanh } from "../ops/tanh/op.js";
import type { Tensor } from "../tensor/tensor.js";

const geluTanh = (x: Tensor): Tensor => gelu(x, { approximate: "tanh" });

/** The activation functions of published configs, by the names of Hugging Face. */
const functions = {
  gelu: (x) => gelu(x),
  gelu_python: (x) => gelu(x),
  gelu_new: geluTanh,
  gelu_fast: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  quick_gelu: (x) => mul(x, sigmoid(mul(x, 1.702))),
  relu,
  relu2: (x) => square(relu(x)),
  silu,
  swish: silu,
  tanh,
  sigmoid,
} satisfies Record<string, (x: Tensor) => Tensor>;

export type Activation = keyof typeof functions;

/**
 * The names of the activation functions that `activate` knows, as Hugging Face's configs spell them.
 *
 * @example
 * activations.includes("gelu_new"); // true
 */
export const activations = Object.keys(functions) as [Activation, ...Activation[]];

/**
 * The activation function that a config names, element by element.
 *
 * @example
 * activate("relu2", tensor([-1, 3])).toArray(); // [0, 9]
 */
export const activate = (name: Activation, x: Tensor): Tensor => functions[requireActivation(name)](x);

/** Throws `ConfigError` for a name that `activate` does not know. */
export function requireActivation(name: Activation): Activation {
  if (activations.includes(name)) return name;
  throw new ConfigError(`unknown activation ${describe(name)}; use one of ${activations.join(", ")}`, {
    key: "activation",
    value: name,
  });
}
