import { ConfigError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { geluOf } from "./reference.js";
import { geluTanhOp } from "../geluTanh/op.js";

// mul, erf, add, mul, mul
export const geluOp = defineUnary({ name: "gelu", scalar: geluOf, flops: 5 });

export interface GeluOptions {
  /** `"tanh"`: the approximation that GPT-2 was trained with. Default `"none"`. */
  readonly approximate?: "none" | "tanh";
}

/** x · Φ(x) with Φ the standard normal distribution function (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  const { approximate = "none" } = readOptions("gelu", options, ["approximate"]);
  if (approximate === "none") return apply(geluOp, [x], undefined);
  if (approximate === "tanh") return apply(geluTanhOp, [x], undefined);
  throw new ConfigError(`gelu: approximate must be "none" or "tanh", got ${JSON.stringify(approximate)}`, {
    op: "gelu",
    key: "approximate",
    value: approximate,
  });
}
