import { describe } from "../../base/describe.js";
import { ConfigError, DTypeError } from "../../base/errors.js";
import { readOptions, requireNumber } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import type { Size } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { rotaryShape } from "../../shape/rotary.js";
import { floatResult, isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalingTypes, type RotaryFrequencies } from "./frequencies.js";
import type { RotaryAttributes } from "./attributes.js";
import { rotaryReference } from "./reference.js";

export type { RotaryScaling } from "./frequencies.js";

/** Two products and a sum per element. The table of angles is shared by all heads and not counted. */
export const rotaryEmbeddingOp = defineOp<RotaryAttributes>({
  name: "rotaryEmbedding",
  infer: ([x, positions]) => {
    if (positions !== undefined && (isFloat(positions.dtype) || positions.dtype === "bool")) {
      throw new DTypeError(`rotaryEmbedding: positions must be integers, got ${positions.dtype}`, {
        op: "rotaryEmbedding",
        dtypes: [x.dtype, positions.dtype],
      });
    }
    return [{ dims: rotaryShape(x.dims, positions?.dims), dtype: floatResult(x.dtype) }];
  },
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(3, ...y.dims) }),
  reference: rotaryReference,
});

export interface RotaryOptions extends Partial<RotaryFrequencies> {
  /** Integers that broadcast to [..., n]; by default offset, offset + 1, … */
  readonly positions?: Tensor | undefined;
  /** The position of the first row, as with a key-value cache; a name only for an abstract x. Default 0. */
  readonly offset?: Size;
  /**
   * Which elements are a pair. `"half"`: i and i + d/2, as Hugging Face stores Llama's weights (the default).
   * `"interleaved"`: 2i and 2i + 1, as in the paper and in Meta's checkpoints.
   */
  readonly style?: "half" | "interleaved";
}

/**
 * Rotates pairs of elements by position · theta^(−2i/d) (Su et al., "RoFormer", 2021): x [..., n, d] -> [..., n, d].
 * Throws `ShapeError` for an odd d or positions that do not broadcast to [..., n], `ConfigError` for another style.
 *
 * @example
 * rotaryEmbedding(q, { theta: 500000, offset: cache.length });
 */
export function rotaryEmbedding(x: Tensor, options: RotaryOptions = {}): Tensor {
  const known = ["theta", "scaling", "positions", "offset", "style"] as const;
  const given = readOptions("rotaryEmbedding", options, known);
  const { theta = 10000, scaling, positions, offset = 0, style = "half" } = given;
  requireNumber("rotaryEmbedding", "theta", theta);
  if (style !== "half" && style !== "interleaved") {
    const problem = `rotaryEmbedding: style must be "half" or "interleaved", got ${JSON.stringify(style)}`;
    throw new ConfigError(problem, { op: "rotaryEmbedding", key: "style", value: style });
  }
  if (scaling !== undefined && !scalingTypes.includes(scaling?.type)) {
    throw new ConfigError(
      `rotaryEmbedding: the type of a scaling is ${scalingTypes.join(", ")}, got ${describe(scaling?.type)}`,
      { op: "rotaryEmbedding", key: "scaling", value: scaling },
    );
  }
  const inputs = positions === undefined ? [x] : [x, positions];
  return apply(rotaryEmbeddingOp, inputs, { theta, scaling, offset, style });
}
