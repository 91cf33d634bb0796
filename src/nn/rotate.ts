import { concat } from "../ops/concat/op.js";
import type { RotaryFrequencies } from "../ops/rotaryEmbedding/frequencies.js";
import { rotaryEmbedding } from "../ops/rotaryEmbedding/op.js";
import { slice } from "../ops/slice/op.js";
import type { Size } from "../shape/dim.js";
import type { Tensor } from "../tensor/tensor.js";

export interface Rotation extends Partial<RotaryFrequencies> {
  /** Only the first `size` elements of every head turn. Default: all. */
  readonly size?: number | undefined;
  readonly style?: "half" | "interleaved" | undefined;
}

/** Rotates every head to its position, the first of which is `past`: [B, h, n, d] -> [B, h, n, d]. */
export function rotate(x: Tensor, { size, style = "half", ...frequencies }: Rotation, past: Size): Tensor {
  const options = { ...frequencies, style, offset: past };
  if (size === undefined || size === x.dims.at(-1)) return rotaryEmbedding(x, options);
  return concat([rotaryEmbedding(slice(x, -1, 0, size), options), slice(x, -1, size)], -1);
}
