import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { Random } from "../base/random.js";
import type { SizeLike } from "../shape/dim.js";
import type { Shape } from "../shape/types/index.js";
import { abstractTensor, fromFunction, full, randn } from "../tensor/create.js";
import { checkDType, type DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";

/** `"abstract"`: parameters have a shape and no data, so that any model is built at once and costs no memory. */
export type ParameterDevice = "abstract" | "cpu";

export interface ParameterOptions {
  readonly device?: ParameterDevice;
  /** Default `"float32"`. */
  readonly dtype?: DType;
  /** Equal seeds give equal parameters on every machine. */
  readonly seed?: number;
}

export const parameterOptions = [
  "device",
  "dtype",
  "seed",
] as const satisfies readonly (keyof ParameterOptions)[];

interface Setting {
  readonly device: ParameterDevice;
  readonly dtype: DType;
  readonly random: Random;
}

let ambient: Setting = { device: "cpu", dtype: "float32", random: new Random(0) };

/**
 * Builds modules whose parameters are made as `options` say: a device, or device, dtype and seed.
 * Throws `ConfigError` for another device, `DTypeError` for an unknown dtype.
 *
 * @example
 * withParameters("abstract", () => new Linear(16384, 53248)).weight.isAbstract; // true
 * withParameters({ dtype: "bfloat16", seed: 7 }, () => new LayerNorm(768)).weight.dtype; // "bfloat16"
 */
export function withParameters<R>(options: ParameterDevice | ParameterOptions, build: () => R): R {
  const outer = ambient;
  if (typeof build !== "function") {
    throw new ConfigError(`withParameters: takes a function that builds, got ${describe(build)}`, {
      op: "withParameters",
    });
  }
  const given = typeof options === "string" ? { device: options } : options;
  if (typeof given !== "object" || given === null) {
    throw new ConfigError(
      `withParameters: takes a device or { device, dtype, seed }, got ${describe(options)}`,
      {
        op: "withParameters",
      },
    );
  }
  ambient = refine(outer, given);
  try {
    return build();
  } finally {
    ambient = outer;
  }
}

function refine(setting: Setting, { device, dtype, seed }: ParameterOptions): Setting {
  if (device !== undefined && device !== "abstract" && device !== "cpu") {
    throw new ConfigError(`parameters live on "cpu" or are "abstract", not ${describe(device)}`, {
      key: "device",
      value: device,
    });
  }
  return {
    device: device ?? setting.device,
    dtype: dtype === undefined ? setting.dtype : checkDType(dtype),
    random: seed === undefined ? setting.random : new Random(seed),
  };
}

/** How a new parameter is filled: a constant, N(0, 1), or uniform in [−bound, bound). */
export type Initial = number | "normal" | { readonly bound: number };

/** A new parameter, made as the surrounding `withParameters` says. */
export function parameter<S extends Shape>(shape: readonly SizeLike[], initial: Initial): Tensor<S>;
export function parameter(shape: readonly SizeLike[], initial: Initial): Tensor {
  const { device, dtype, random } = ambient;
  if (device === "abstract") return abstractTensor(shape, dtype);
  if (typeof initial === "number") return full(shape, initial, { dtype });
  if (initial === "normal") return randn(shape, { dtype, seed: random.bits() });
  return fromFunction(shape, dtype, () => (random.bits() / 2 ** 31 - 1) * initial.bound);
}
