import { describe } from "../base/describe.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { readOptions } from "../base/options.js";
import { KeyValueCache } from "../nn/cache.js";
import { argmax } from "../ops/argmax/op.js";
import { select } from "../ops/select/op.js";
import { showShape } from "../shape/dim.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { Decoding } from "./decoding.js";
import { Model } from "./model.js";

export interface GenerateOptions {
  readonly maxNewTokens: number;
  /** Told every new token; answering `false` ends the generation. */
  readonly onToken?: ((id: number, logits: Tensor) => void | boolean) | undefined;
  /** Tokens that end the generation; they are part of the result. */
  readonly stopTokens?: readonly number[] | undefined;
  /**
   * Whether steps may run as a compiled program, with the parameters as they are when the generation starts, rather
   * than op by op. Default true.
   */
  readonly compile?: boolean | undefined;
}

/**
 * Continues `ids` with the likeliest token, one at a time, computing each position once. Answers the new
 * tokens.
 *
 * `ids` is a list of tokens or an int32 tensor [1, n]. Throws `ConfigError` for an encoder, an impossible
 * `maxNewTokens`, or more tokens than the model has positions; `ShapeError` for an empty prompt or a batch.
 *
 * @example
 * const model = await loadModel("models/llama");
 * (await generate(model, [1, 403, 407], { maxNewTokens: 4 })).length; // 4
 */
export async function generate(
  model: Model,
  ids: Tensor | readonly number[],
  options: GenerateOptions,
): Promise<number[]> {
  const known = ["maxNewTokens", "onToken", "stopTokens", "compile"] as const;
  const { maxNewTokens, onToken, stopTokens = [], compile = true } = readOptions("generate", options, known);
  if (!(model instanceof Model)) {
    throw new ConfigError(`generate: takes a model from loadModel or buildModel, got ${describe(model)}`, {
      op: "generate",
    });
  }
  if (model.family === "bert") {
    throw new ConfigError(`${model.name} is an encoder: it predicts no next token`, { key: "family" });
  }
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 0) {
    throw new ConfigError(`generate: maxNewTokens must be an integer >= 0, got ${describe(maxNewTokens)}`, {
      key: "maxNewTokens",
      value: maxNewTokens,
    });
  }
  const start = prompt(ids);
  checkRoom(model, start.sizes[1], maxNewTokens);
  const generated: number[] = [];
  if (maxNewTokens === 0) return generated;
  const cache = new KeyValueCache();
  const forward = (step: Tensor): Tensor => select(select(model.forward(step, { cache }), 1, -1), 0, 0); // [V]
  let logits = forward(start);
  const decoding = compile ? new Decoding(model, cache, start.sizes[1] + maxNewTokens) : undefined;
  try {
    for (;;) {
      const [best] = await argmax(logits).data();
      const id = Number(best);
      generated.push(id);
      if (onToken?.(id, logits) === false || stopTokens.includes(id)) return generated;
      if (generated.length === maxNewTokens) return generated;
      logits = decoding?.step(id) ?? forward(tensor([[id]], { dtype: "int32" }));
    }
  } finally {
    decoding?.end();
  }
}

/**
 * Fails unless the model has a position for every token that it must read: all but the last of the new ones. A table
 * would end in the middle; a rotary model would go on, and write nonsense that looks like an answer.
 */
function checkRoom({ name, config }: Model, length: number, maxNewTokens: number): void {
  const { maxPositions } = config;
  const most = maxPositions + 1 - length;
  if (maxNewTokens <= most) return;
  const fix = most > 0 ? `ask for ${most} at most` : `shorten the prompt to ${maxPositions} at most`;
  throw new ConfigError(
    `generate: ${length} tokens and ${maxNewTokens} new ones take ${length + maxNewTokens - 1} positions, ` +
      `but ${name} has ${maxPositions}; ${fix}`,
    { key: "maxNewTokens", value: maxNewTokens, promptLength: length, maxPositions },
  );
}

function prompt(ids: Tensor | readonly number[]): Tensor {
  const given = ids instanceof Tensor ? ids : tensor([ids], { dtype: "int32" });
  const [batch, length] = given.dims;
  if (given.ndim === 2 && Number(batch) === 1 && Number(length) > 0) return given;
  throw new ShapeError(`generate: the prompt must be [1, n] with n > 0, got ${showShape(given.dims)}`, {
    op: "generate",
    shapes: [given.dims],
  });
}
