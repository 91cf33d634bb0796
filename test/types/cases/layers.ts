// Layers with typed sizes.
import { input } from "../../../src/index.js";
import type { Dim, Known, Tensor } from "../../../src/index.js";
import { Embedding, LayerNorm, Linear } from "../../../src/nn/index.js";
import { is } from "./expect.js";

const ids = input(["B", "n"], { dtype: "int32" });
const x = new Embedding(100, 64).forward(ids);
is<Tensor<["B", "n", 64]>>()(x);
is<Tensor<["B", "n", 256]>>()(new Linear(64, 256).forward(x));
is<Tensor<["B", "n", 64]>>()(new LayerNorm(64).forward(x));
is<Tensor<[256, 64]>>()(new Linear(64, 256).weight);

// Sizes from a config are literals when it says `as const`.
const config = { width: 64, heads: 4 } as const;
is<Tensor<["B", "n", 32]>>()(new Linear(config.width, 32).forward(x));

// A block of layers is generic in its width, and its body is checked for all of them.
class FeedForward<const D extends Dim, Z = 0> {
  readonly up;
  readonly down;
  readonly norm;
  constructor(width: Known<D, Z>) {
    const d = width as D;
    this.up = new Linear(d, 256);
    this.down = new Linear(256, d);
    this.norm = new LayerNorm(d);
  }
  forward<B extends Dim, N extends Dim>(x: Tensor<[B, N, D]>): Tensor<[B, N, D]> {
    return this.down.forward(this.up.forward(this.norm.forward(x)).gelu()).add(x);
  }
}
is<Tensor<["B", "n", 64]>>()(new FeedForward(64).forward(x));
