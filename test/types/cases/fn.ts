// fn: a signature whose names are its own.
import { fn, input, zeros } from "../../../src/index.js";
import type { Dim, Tensor } from "../../../src/index.js";
import { is } from "./expect.js";

const attend = fn("B n d, B m d, B m d -> B n d", (q, k, v) =>
  q.matmul(k.transpose(-2, -1)).softmax(-1).matmul(v),
);
const x = input(["B", "n", 768]);
const y = input(["B", "m", 768]);
is<Tensor<["B", "n", 768]>>()(attend(x, y, y));
is<Tensor<["Q", "K", 64]>>()(attend(input(["Q", "K", 64]), input(["Q", 7, 64]), input(["Q", 7, 64])));
is<Tensor<[32, 10, 64]>>()(attend(zeros([32, 10, 64]), zeros([32, 20, 64]), zeros([32, 20, 64])));

const project = fn("B n 768 -> B n 64", (t) => t.matmul(zeros([768, 64])));
is<Tensor<["B", "n", 64]>>()(project(x));

export function generic<B extends Dim, N extends Dim>(t: Tensor<[B, N, 64]>): Tensor<[B, N, 64]> {
  return attend(t, t, t);
}
