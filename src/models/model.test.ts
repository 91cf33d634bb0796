import { expect, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { KeyValueCache } from "../nn/cache.js";
import { observe } from "../op/observer.js";
import { tensor } from "../tensor/create.js";
import { buildModel } from "./build.js";

const decoder = buildModel(
  { model_type: "gpt2", vocab_size: 11, n_embd: 12, n_layer: 3, n_head: 3, n_positions: 12 },
  { seed: 4 },
);
const ids = (...list: readonly number[]) => tensor([list], { dtype: "int32" });

test("a forward that fails on its way leaves the cache as it was", () => {
  const cache = new KeyValueCache();
  const whole = decoder.forward(ids(1, 2, 3, 4));
  decoder.forward(ids(1, 2, 3), { cache });
  const short = tensor([[1]]);
  expect(() => decoder.forward(ids(4), { cache, attentionMask: short })).toThrow(ShapeError);
  const interrupt = ({ path }: { readonly path: string }) => {
    if (path === "h.1.mlp.c_fc") throw new RangeError("stop");
  };
  expect(() => observe(interrupt, () => decoder.forward(ids(4), { cache }))).toThrow("stop");
  expect(cache.length).toBe(3);
  const [last] = decoder.forward(ids(4), { cache }).toArray() as number[][][];
  const expected = (whole.toArray() as number[][][])[0][3];
  last[0].forEach((logit, i) => expect(logit).toBeCloseTo(expected[i], 5));
});

test("an option that the family does not have is refused, where it would change nothing", () => {
  const encoder = buildModel("bert-base-uncased", { device: "abstract" });
  expect(() => encoder.forward(ids(1), { cache: new KeyValueCache() })).toThrow(
    "Bert: bert-base-uncased takes no cache",
  );
  expect(() => decoder.forward(ids(1), { tokenTypes: ids(0) })).toThrow(ConfigError);
});
