import { expect, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { argmax } from "../ops/argmax/op.js";
import { tensor } from "../tensor/create.js";
import { buildModel } from "./build.js";
import { generate } from "./generate.js";

const tiny = { model_type: "gpt2", vocab_size: 11, n_embd: 12, n_layer: 2, n_head: 3, n_positions: 12 };
const model = buildModel(tiny, { seed: 4 });
const rotary = buildModel({
  model_type: "llama",
  vocab_size: 11,
  hidden_size: 12,
  num_hidden_layers: 1,
  num_attention_heads: 3,
  intermediate_size: 16,
  max_position_embeddings: 12,
});

test("greedy tokens are the argmax of the whole sequence, every time", async () => {
  const ids = [1, 2, 3];
  const generated = await generate(model, ids, { maxNewTokens: 6 });
  const whole = [...ids, ...generated];
  const best = argmax(model.forward(tensor([whole], { dtype: "int32" })), -1).toArray() as bigint[][];
  expect(best[0].slice(2, 8).map(Number)).toEqual(generated);
});

test("onToken sees every token and may end the generation", async () => {
  const seen: number[] = [];
  const tokens = await generate(model, tensor([[1, 2, 3]], { dtype: "int32" }), {
    maxNewTokens: 6,
    onToken: (id, logits) => {
      seen.push(id);
      return logits.size === 11 && seen.length < 2;
    },
  });
  expect(tokens).toEqual(seen);
  expect(tokens).toHaveLength(2);
});

test("a stop token is the last one", async () => {
  const [first] = await generate(model, [1, 2, 3], { maxNewTokens: 1 });
  expect(await generate(model, [1, 2, 3], { maxNewTokens: 6, stopTokens: [first] })).toEqual([first]);
});

test("what cannot be continued is refused", async () => {
  await expect(generate(model, [], { maxNewTokens: 1 })).rejects.toThrow(ShapeError);
  await expect(generate(model, tensor([[1], [2]], { dtype: "int32" }), { maxNewTokens: 1 })).rejects.toThrow(
    "generate: the prompt must be [1, n] with n > 0, got [2, 1]",
  );
  for (const maxNewTokens of [-1, 1.5, NaN, undefined as never]) {
    await expect(generate(model, [1], { maxNewTokens })).rejects.toThrow(
      `generate: maxNewTokens must be an integer >= 0, got ${maxNewTokens ?? "nothing"}`,
    );
  }
  const encoder = buildModel("bert-base-uncased", { device: "abstract" });
  await expect(generate(encoder, [1], { maxNewTokens: 1 })).rejects.toThrow(ConfigError);
});

test("a sequence longer than the positions is refused before it starts, whatever the positions are", async () => {
  const tokens: number[] = [];
  const onToken = (id: number) => void tokens.push(id);
  for (const subject of [model, rotary]) {
    await expect(generate(subject, [1, 2, 3], { maxNewTokens: 11, onToken })).rejects.toThrow(
      `generate: 3 tokens and 11 new ones take 13 positions, but ${subject.name} has 12; ask for 10 at most`,
    );
    await expect(generate(subject, Array(13).fill(1), { maxNewTokens: 1, onToken })).rejects.toThrow(
      "shorten the prompt to 12 at most",
    );
  }
  expect(tokens).toEqual([]);
  expect(await generate(model, [1, 2, 3], { maxNewTokens: 10 })).toHaveLength(10);
  expect(await generate(rotary, Array(12).fill(1), { maxNewTokens: 1 })).toHaveLength(1);
});
