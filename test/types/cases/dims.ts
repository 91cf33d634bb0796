// Dims as values: sizes that remember their names, layers, loops, unions.
import { concat, dim, input, layerNorm, linear, zeros } from "lintel";
import type { Dim, Known, Size, Tensor } from "lintel";
import { is } from "./expect.js";

const B = dim("B", 32);
const n = dim("n", 128);
const x = zeros([B, n, 768]);
is<Tensor<["B", "n", 768]>>()(x);

// A size is a number …
const flops: number = 2 * B * n * 768;
for (let i = 0; i < x.shape[1]; i++) void i;
// … and arithmetic forgets the name.
is<Tensor<[number, 768]>>()(zeros([flops, 768]));

// Sizes taken from a shape remember their dims.
const [b, s] = x.shape;
is<Tensor<["B", "n", 12, 64]>>()(x.reshape([b, s, 12, 64]));
is<Tensor<["n", 64]>>()(zeros([x.shape[1], 64]));
is<Tensor<["B", "n", 768]>>()(zeros(x.shape));
is<Tensor<["B", 128, 768]>>()(x.bind({ n: 128 }));
is<Tensor<["B", "m", 768]>>()(x.bind({ n: dim("m", 128) }));

// A generic function that takes a size as a value.
function square<N extends Dim>(size: Size<N>): Tensor<[N, N]> {
  return zeros([size, size]);
}
is<Tensor<["n", "n"]>>()(square(n));

// Layers keep their sizes as type parameters.
class Block<const D extends Dim, Z = 0> {
  readonly up: Tensor<[3072, D]>;
  readonly down: Tensor<[D, 3072]>;
  readonly gain: Tensor<[D]>;
  constructor(width: Known<D, Z>) {
    const d = width as D;
    this.up = zeros([3072, d]);
    this.down = zeros([d, 3072]);
    this.gain = zeros([d]);
  }
  forward<B extends Dim, N extends Dim>(x: Tensor<[B, N, D]>): Tensor<[B, N, D]> {
    return linear(linear(layerNorm(x, this.gain), this.up).gelu(), this.down).add(x);
  }
}
const blocks = Array.from({ length: 12 }, () => new Block(768));
let h = x;
for (const block of blocks) h = block.forward(h);
is<Tensor<["B", "n", 768]>>()(h);

// A cache that grows: the loop variable is declared with an unknown size.
let cache: Tensor<["B", number, 64]> = zeros([B, "n", 64]);
for (let i = 0; i < 3; i++) cache = concat([cache, zeros([B, 1, 64])], 1);

// LIMIT: methods cannot be called on a union of shapes; the same function can.
declare const condition: boolean;
const either = condition ? zeros(["B", 5]) : zeros(["B", 6]);
// @ts-expect-error TS2684: the `this` of a union is not one shape
either.gelu();

// An array of equal shapes.
is<Tensor<["B"]>[]>()([zeros(["B", 5]), zeros(["B", 5])].map((t) => t.sum(-1)));

// A literal lost on the way is a plain number, and the checks go with it.
const config = { width: 768 };
is<Tensor<["B", number]>>()(input(["B", config.width]));
