import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { readOptions, requireCount } from "../base/options.js";
import { checkHardware } from "../cost/hardware/hardware.js";
import { findHardware, type Hardware } from "../cost/index.js";
import type { ModelConfig } from "../models/index.js";
import { checkDType, isFloat, type DType } from "../tensor/dtype.js";
import type { Analysis, AttentionKind, Mode } from "./analysis.js";

export interface AnalyzeOptions {
  /** Sequences per step. Default 1. */
  readonly batch?: number;
  /** Positions per sequence. Default 512, or as many as the model has. */
  readonly seq?: number;
  /** Of weights and activations. Default: what the config says its weights are in. */
  readonly dtype?: DType;
  /**
   * A device id such as `a100-40gb`, or a device of your own: `await measureMachine()` is this machine. Without one
   * there are no times and no verdict.
   */
  readonly gpu?: string | Hardware;
  /** Default `"inference"`. */
  readonly mode?: Mode;
  /** Also gives the totals as formulas in `B` and `seq`, and shapes with these names. */
  readonly symbolic?: boolean;
  /** `"eager"` (default) keeps the scores, as the textbook's formulas do; `"fused"` is FlashAttention. */
  readonly attention?: AttentionKind;
  /** Fraction of every peak that is reached, above 0 up to 1. Default 1: times are bounds. */
  readonly efficiency?: number;
  /** Lets float32 contractions use TF32 tensor cores. Default false. */
  readonly tf32?: boolean;
}

const optionNames = [
  "batch",
  "seq",
  "dtype",
  "gpu",
  "mode",
  "symbolic",
  "attention",
  "efficiency",
  "tf32",
] as const satisfies readonly (keyof AnalyzeOptions)[];

/** The options with every default filled in and checked against the model. */
export interface Settings extends Omit<Analysis["settings"], "gpu"> {
  readonly symbolic: boolean;
  readonly device: Hardware | undefined;
}

function requireOneOf<T extends string>(key: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new ConfigError(`${key} must be ${allowed.join(" or ")}, got ${describe(value)}`, { key, value });
}

function readDevice(gpu: AnalyzeOptions["gpu"]): Hardware | undefined {
  if (gpu === undefined) return undefined;
  if (typeof gpu === "string") return findHardware(gpu);
  checkHardware("analyze", gpu);
  return gpu;
}

/** Throws `ConfigError` naming the option, its value and what it may be. */
export function resolveOptions(options: AnalyzeOptions, config: ModelConfig): Settings {
  readOptions("analyze", options, optionNames);
  const seq = requireCount("analyze", "seq", options.seq ?? Math.min(512, config.maxPositions));
  if (seq > config.maxPositions) {
    throw new ConfigError(
      `seq is ${seq}, but ${config.name} has ${config.maxPositions} positions; use at most ${config.maxPositions}`,
      { key: "seq", value: seq, maximum: config.maxPositions },
    );
  }
  const dtype = checkDType(options.dtype ?? config.dtype);
  if (!isFloat(dtype)) {
    throw new ConfigError(`dtype must be float32, float16, bfloat16 or float64, got ${dtype}`, {
      key: "dtype",
      value: dtype,
    });
  }
  const efficiency = options.efficiency ?? 1;
  if (!(efficiency > 0 && efficiency <= 1)) {
    throw new ConfigError(`efficiency must be above 0 and at most 1, got ${describe(efficiency)}`, {
      key: "efficiency",
      value: efficiency,
    });
  }
  return {
    batch: requireCount("analyze", "batch", options.batch ?? 1),
    seq,
    dtype,
    mode: requireOneOf("mode", options.mode ?? "inference", ["training", "inference"]),
    attention: requireOneOf("attention", options.attention ?? "eager", ["eager", "fused"]),
    efficiency,
    tf32: options.tf32 ?? false,
    symbolic: options.symbolic ?? false,
    device: readDevice(options.gpu),
  };
}
