import { isKnown, type Size } from "../shape/dim.js";
import { abstractTensor, tensor } from "../tensor/create.js";
import { writeElement } from "../tensor/element.js";
import { allocate, type DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";

/** One slope per head: powers of 2^(−8/h), with every other power of 2^(−4/h) once h is no power of two. */
export function alibiSlopes(heads: number): number[] {
  const even = 2 ** Math.floor(Math.log2(heads));
  const powers = (base: number, count: number, step: number): number[] =>
    Array.from({ length: count }, (_, i) => base ** (1 + step * i));
  return [...powers(2 ** (-8 / even), even, 1), ...powers(2 ** (-4 / even), heads - even, 2)];
}

let latest: { key: string; bias: Tensor } | undefined;

/**
 * Linear biases in place of positions ("Train Short, Test Long", Press et al., 2022): slope · key position,
 * [h, 1, m]. Softmax sees differences only, so this equals minus slope · distance.
 */
export function alibiBias(heads: number, keys: Size, dtype: DType, abstract: boolean): Tensor {
  if (abstract || !isKnown(keys)) return abstractTensor([heads, 1, keys], dtype);
  const length = Number(keys);
  const key = `${heads},${length},${dtype}`;
  if (latest?.key === key) return latest.bias;
  const values = allocate(dtype, heads * length);
  alibiSlopes(heads).forEach((slope, head) => {
    for (let j = 0; j < length; j++) writeElement(values, dtype, head * length + j, slope * j);
  });
  latest = { key, bias: tensor(values, { shape: [heads, 1, length], dtype }) };
  return latest.bias;
}
