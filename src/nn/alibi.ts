import { apply } from "../op/apply.js";
import { sliceOp } from "../ops/slice/op.js";
import { isKnown, type Size } from "../shape/dim.js";
import { fromFunction } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";

/** One slope per head: powers of 2^(−8/h), with every other power of 2^(−4/h) once h is no power of two. */
export function alibiSlopes(heads: number): number[] {
  const even = 2 ** Math.floor(Math.log2(heads));
  const powers = (base: number, count: number, step: number): number[] =>
    Array.from({ length: count }, (_, i) => base ** (1 + step * i));
  return [...powers(2 ** (-8 / even), even, 1), ...powers(2 ** (-4 / even), heads - even, 2)];
}

/** Key positions of the smallest table; each larger one has twice as many. */
const FEWEST_KEYS = 1024;

let latest: { readonly key: string; readonly table: Tensor } | undefined;

/** The biases of `keys` positions or more, [h, 1, positions]. All layers of a model share one. */
function alibiTable(heads: number, keys: number, dtype: DType): Tensor {
  const key = `${heads},${dtype}`;
  if (latest?.key === key && latest.table.sizes[2] >= keys) return latest.table;
  let length = FEWEST_KEYS;
  while (length < keys) length *= 2;
  const slopes = alibiSlopes(heads);
  const bias = (i: number): number => slopes[Math.floor(i / length)] * (i % length);
  latest = { key, table: fromFunction([heads, 1, length], dtype, bias) };
  return latest.table;
}

/**
 * Linear biases in place of positions ("Train Short, Test Long", Press et al., 2022): slope · key position,
 * [h, 1, m]. Softmax sees differences only, so this equals minus slope · distance.
 */
export function alibiBias(heads: number, keys: Size, dtype: DType): Tensor {
  const table = alibiTable(heads, isKnown(keys) ? Number(keys) : 0, dtype);
  return apply(sliceOp, [table], { axis: 2, start: 0, step: 1, length: keys });
}
