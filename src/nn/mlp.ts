import { mul } from "../ops/mul/op.js";
import type { Tensor } from "../tensor/tensor.js";
import { activate, type Activation } from "./activation.js";
import type { LinearOptions } from "./linear.js";
import { Module } from "./module.js";
import { SizedLinear } from "./sized.js";

export interface MlpOptions extends LinearOptions {
  /** By Hugging Face's name. */
  readonly activation?: Activation;
}

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

  constructor(width: number, inner: number, { activation = "gelu", ...options }: MlpOptions = {}) {
    super();
    this.#activation = activation;
    this.up_proj = new SizedLinear(width, inner, options);
    this.down_proj = new SizedLinear(inner, width, options);
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

  constructor(
    width: number,
    inner: number,
    { activation = "silu", bias = false, ...options }: MlpOptions = {},
  ) {
    super();
    this.#activation = activation;
    this.gate_proj = new SizedLinear(width, inner, { bias, ...options });
    this.up_proj = new SizedLinear(width, inner, { bias, ...options });
    this.down_proj = new SizedLinear(inner, width, { bias, ...options });
  }

  /** [..., d] -> [..., d] */
  forward(x: Tensor): Tensor {
    const gate = activate(this.#activation, this.gate_proj.forward(x));
    return this.down_proj.forward(mul(gate, this.up_proj.forward(x)));
  }
}
