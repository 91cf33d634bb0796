import { expect, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { argmax } from "../ops/argmax/op.js";
import { tensor } from "../tensor/create.js";
import { buildModel } from "./build.js";
import { generate } from "./generate.js";

const tiny = { model_type: "gpt2", vocab_size: 11, n_embd: 12, n_layer: 2, n_head: 3, n_positions: 12 };
const model = buildModel(tiny, { seed: 4 });

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

test("a sequence longer than the position table names the limit", async () => {
  await expect(generate(model, [1, 2, 3], { maxNewTokens: 20 })).rejects.toThrow(
    /needs 13 positions, but the position table \[12, 12\] has 12; shorten the input/,
  );
});
