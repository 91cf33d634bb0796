import { parameterOptions } from "./parameters.js";
import { readOptions } from "../base/options.js";
import { mul } from "../ops/mul/op.js";
import type { Tensor } from "../tensor/tensor.js";
import { activate, requireActivation, type Activation } from "./activation.js";
import type { LinearOptions } from "./linear.js";
import { Module } from "./module.js";
import { SizedLinear } from "./sized.js";

export interface MlpOptions extends Omit<LinearOptions, "activation"> {
  /** By Hugging Face's name. */
  readonly activation?: Activation;
}

const optionNames = ["activation", "bias", ...parameterOptions] as const;

/**
 * The feed-forward block of a transformer: [..., d] -> [..., inner] -> [..., d]. Default activation `gelu`.
 *
 * @example
 * new Mlp(64, 256, { activation: "gelu_new" }).forward(randn([5, 64])).shape; // [5, 64]
 */
export class Mlp extends Module {
  readonly up_proj: SizedLinear;
  readonly down_proj: SizedLinear;
  readonly #activation: Activation;

  constructor(width: number, inner: number, options: MlpOptions = {}) {
    super();
    const { activation = "gelu", ...made } = readOptions("Mlp", options, optionNames);
    this.#activation = requireActivation(activation);
    this.up_proj = new SizedLinear(width, inner, made);
    this.down_proj = new SizedLinear(inner, width, made);
  }

  /** [..., d] -> [..., d] */
  forward(x: Tensor): Tensor {
    return this.down_proj.forward(activate(this.#activation, this.up_proj.forward(x)));
  }
}

/**
 * The gated feed-forward block, SwiGLU by default and GeGLU with `activation: "gelu"` (Shazeer, "GLU Variants
 * Improve Transformer", 2020): down(act(gate(x)) · up(x)), [..., d] -> [..., d], without biases by default.
 *
 * @example
 * new GatedMlp(64, 172).forward(randn([5, 64])).shape; // [5, 64]
 * new GatedMlp(64, 172).parameterCount; // 33024
 */
export class GatedMlp extends Module {
  readonly gate_proj: SizedLinear;
  readonly up_proj: SizedLinear;
  readonly down_proj: SizedLinear;
  readonly #activation: Activation;

  constructor(width: number, inner: number, options: MlpOptions = {}) {
    super();
    const given = readOptions("GatedMlp", options, optionNames);
    const { activation = "silu", bias = false, ...made } = given;
    this.#activation = requireActivation(activation);
    this.gate_proj = new SizedLinear(width, inner, { bias, ...made });
    this.up_proj = new SizedLinear(width, inner, { bias, ...made });
    this.down_proj = new SizedLinear(inner, width, { bias, ...made });
  }

  /** [..., d] -> [..., d] */
  forward(x: Tensor): Tensor {
    const gate = activate(this.#activation, this.gate_proj.forward(x));
    return this.down_proj.forward(mul(gate, this.up_proj.forward(x)));
  }
}
