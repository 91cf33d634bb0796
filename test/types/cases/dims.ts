// Dims as values: sizes that remember their names, layers, loops, unions.
import { concat, dim, input, layerNorm, linear, zeros } from "../../../src/index.js";
import type { Dim, Known, Size, Tensor } from "../../../src/index.js";
import { is } from "./expect.js";

const B = dim("B", 2);
const n = dim("n", 8);
const x = zeros([B, n, 768]);
is<Tensor<["B", "n", 768]>>()(x);

// A size is a number …
const rows: number = B * n;
for (let i = 0; i < x.shape[1]; i++) void i;
// … and arithmetic forgets the name.
is<Tensor<[number, 768]>>()(zeros([rows, 768]));

// Sizes taken from a shape remember their dims.
const [b, s] = x.shape;
is<Tensor<["B", "n", 12, 64]>>()(x.reshape([b, s, 12, 64]));
is<Tensor<["n", 64]>>()(zeros([x.shape[1], 64]));
is<Tensor<["B", "n", 768]>>()(zeros(x.shape));
is<Tensor<["B", 8, 768]>>()(x.bind({ n: 8 }));
is<Tensor<["B", "m", 768]>>()(x.bind({ n: dim("m", 8) }));

// A generic function that takes a size as a value.
function square<N extends Dim>(size: Size<N>): Tensor<[N, N]> {
  return zeros([size, size]);
}
is<Tensor<["n", "n"]>>()(square(n));

// Layers keep their sizes as type parameters.
class Block<const D extends Dim, Z = 0> {
  readonly up: Tensor<[128, D]>;
  readonly down: Tensor<[D, 128]>;
  readonly gain: Tensor<[D]>;
  constructor(width: Known<D, Z>) {
    const d = width as D;
    this.up = zeros([128, d]);
    this.down = zeros([d, 128]);
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
const condition = Math.random() < 2;
const either = condition ? zeros(["B", 5]) : zeros(["B", 6]);
// @ts-expect-error TS2684: the `this` of a union is not one shape
either.gelu();

// An array of equal shapes.
is<Tensor<["B"]>[]>()([zeros(["B", 5]), zeros(["B", 5])].map((t) => t.sum(-1)));

// A literal lost on the way is a plain number, and the checks go with it.
const config = { width: 768 };
is<Tensor<["B", number]>>()(input(["B", config.width]));
