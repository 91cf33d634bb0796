// The pieces that the schemas of all families are made of, and the one place where zod's complaint becomes ours.
import * as z from "zod";
import { ConfigError } from "../../base/errors.js";
import { activations } from "../../nn/activation.js";
import { dtypes, type DType } from "../../tensor/dtype.js";
import type { RawConfig } from "./common.js";

/** A count or width that must be there. */
export const size = z.number().int().positive();

/** A number of layers. The bound is far above any model and keeps a typing error from filling the memory. */
export const layerCount = size.max(10_000);

/** An optional width that files also write as `null`. */
export const optionalSize = size.nullish();

export const flag = (fallback: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? fallback);
export const count = (fallback: number) => size.nullish().transform((value) => value ?? fallback);
export const real = (fallback: number) =>
  z
    .number()
    .positive()
    .nullish()
    .transform((value) => value ?? fallback);
export const activation = z.enum(activations);

/** A switch that this code implements in one position only. */
export const only = <const T extends string | number | boolean | null>(value: T) =>
  z.literal(value).nullish();

const torchType = z.string().nullish();

/** Keys that every family shares. */
export const commonKeys = { torch_dtype: torchType, dtype: torchType };

/** The sizes under the names that most files use. */
export const sizeKeys = {
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: layerCount,
  num_attention_heads: size,
};

/** The same under GPT-2's names. */
export const gpt2SizeKeys = {
  vocab_size: size,
  n_embd: size,
  n_layer: layerCount,
  n_head: size,
  n_inner: optionalSize,
};

/** The dtype in which the weights were published. Newer files write `dtype`, older ones `torch_dtype`. */
export function publishedType(raw: {
  readonly torch_dtype?: string | null | undefined;
  readonly dtype?: string | null | undefined;
}): DType {
  const written = (raw.dtype ?? raw.torch_dtype ?? "float32").replace("torch.", "");
  return dtypes.find((dtype) => dtype === written) ?? "float32";
}

/** Checks `raw` against the schema of its model type. Throws `ConfigError` naming key, value and fix. */
export function parseConfig<S extends z.ZodType>(modelType: string, schema: S, raw: RawConfig): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue.path.join(".");
  const value = issue.path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)?.[step], raw);
  throw new ConfigError(complaint(modelType, key, value, issue), { key, value, modelType });
}

function complaint(modelType: string, key: string, value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined) return `config of ${modelType}: '${key}' is missing; add it to config.json`;
  const shown = `config of ${modelType}: '${key}' is ${JSON.stringify(value)}`;
  if (issue.code === "invalid_value") {
    return `${shown}, which is not supported; use ${issue.values.map((v) => JSON.stringify(v)).join(" or ")}`;
  }
  const wanted = issue.code === "invalid_type" ? `a value of type ${issue.expected}` : issue.message;
  const fix = wanted
    .replace(/^Too small: expected \w+ to be >\s*0/, "a number above 0")
    .replace(/^Too big: expected \w+ to be <=\s*/, "a number up to ");
  return `${shown}; write ${fix}`;
}

/** Throws `ConfigError` unless `divisor` divides `value`. */
export function requireDivides(
  modelType: string,
  [key, value]: readonly [string, number],
  [divisorKey, divisor]: readonly [string, number],
): void {
  if (value % divisor === 0) return;
  const below = value - (value % divisor);
  const near = below > 0 ? `${below} or ${below + divisor}` : `${divisor}`;
  throw new ConfigError(
    `config of ${modelType}: '${divisorKey}' is ${divisor} and does not divide '${key}', which is ${value}; ` +
      `choose a divisor of ${value}, or make '${key}' ${near}`,
    { key: divisorKey, value: divisor, modelType, [key]: value },
  );
}
