import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import "../../src/backends/cpu.js";
import { withEngine } from "../../src/backends/engines.js";
import { selectThreads, whenThreadsReady } from "../../src/kernels/index.js";
import { buildModel } from "../../src/models/build.js";
import { Decoding } from "../../src/models/decoding.js";
import { generate } from "../../src/models/generate.js";
import type { Model } from "../../src/models/model.js";
import { Residents } from "../../src/models/resident.js";
import { KeyValueCache } from "../../src/nn/cache.js";
import { observe } from "../../src/op/observer.js";
import { mul } from "../../src/ops/mul/op.js";
import { tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { numbers, relativeError } from "./compare.js";

const goldens = JSON.parse(
  await readFile(join(import.meta.dirname, "../goldens/transformers.json"), "utf8"),
) as Record<string, { readonly config: Readonly<Record<string, unknown>> }>;

/** Long enough for every decoder here to be asked for 100 positions. */
const room = { max_position_embeddings: 256, n_positions: 256 };
const decoders = Object.entries(goldens)
  .filter(([, { config }]) => !String(config["model_type"]).includes("bert"))
  .map(([name, { config }]) => [name, { ...config, ...room }] as const);

const ids = (list: readonly number[]): Tensor => tensor([list], { dtype: "int32" });
/** The last row of logits [1, n, V]. */
const last = (logits: Tensor): number[] => numbers(logits).slice(-Number(logits.dims.at(-1)));
/** Rounding errors of a few dozen additions, many times over. */
const tolerance = 64 * 2 ** -23;

/** Both ways through `count` tokens behind a prompt; answers the largest relative error of a step. */
function largestError(model: Model, prompt: readonly number[], count: number): number {
  const [eager, compiled] = [new KeyValueCache(), new KeyValueCache()];
  model.forward(ids(prompt), { cache: eager });
  model.forward(ids(prompt), { cache: compiled });
  const decoding = new Decoding(model, compiled, prompt.length + 1);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const id = (i * 7 + 3) % model.config.vocabSize;
    const logits = decoding.step(id);
    if (logits === undefined) return Infinity;
    largest = Math.max(
      largest,
      relativeError(numbers(logits), last(model.forward(ids([id]), { cache: eager }))),
    );
  }
  decoding.end();
  return largest;
}

describe.each(decoders)("%s", (_, config) => {
  test.each(["eager", "fused"] as const)(
    "a compiled step agrees with the %s one, through a growth",
    (attention) => {
      const model = buildModel(config, { attention, seed: 3 });
      expect(largestError(model, [1, 2, 3, 4, 5], 90)).toBeLessThan(tolerance);
    },
  );
});

const llama = goldens["llama"].config;
const small = (seed = 3): Model => buildModel({ ...llama, max_position_embeddings: 2048 }, { seed });
const eagerTokens = (model: Model, prompt: readonly number[], maxNewTokens: number) =>
  generate(model, prompt, { maxNewTokens, compile: false });

describe("a generation", () => {
  test("gives the tokens of the eager one, through several growths", async () => {
    const model = small();
    const spy = vi.spyOn(model, "forward");
    const tokens = await generate(model, [1, 2], { maxNewTokens: 1200 });
    expect(spy.mock.calls.length).toBeLessThan(10);
    spy.mockRestore();
    expect(tokens).toEqual(await eagerTokens(model, [1, 2], 1200));
  }, 60_000);

  test("uses the parameters as they are when it starts", async () => {
    const model = small();
    await generate(model, [1, 2], { maxNewTokens: 20 });
    model.setParameter("lm_head.weight", mul(model.parameter("lm_head.weight"), -1));
    const replaced = await generate(model, [1, 2], { maxNewTokens: 20 });
    expect(replaced).toEqual(await eagerTokens(model, [1, 2], 20));
    const { elements } = model.parameter("model.layers.0.mlp.up_proj.weight");
    (elements as Float32Array).forEach((x, i, all) => (all[i] = -3 * x));
    const written = await generate(model, [1, 2], { maxNewTokens: 20 });
    expect(written).toEqual(await eagerTokens(model, [1, 2], 20));
    expect(written).not.toEqual(replaced);
  });

  test("inside another one, and beside it, changes nothing", async () => {
    const model = small();
    const expected = await eagerTokens(model, [4, 5], 12);
    const other = await eagerTokens(model, [7], 12);
    const inner: Promise<number[]>[] = [];
    const onToken = () => void inner.push(generate(model, [7], { maxNewTokens: 12 }));
    const together = [
      generate(model, [4, 5], { maxNewTokens: 12, onToken }),
      generate(model, [7], { maxNewTokens: 12 }),
    ];
    expect(await Promise.all(together)).toEqual([expected, other]);
    for (const tokens of await Promise.all(inner)) expect(tokens).toEqual(other);
  });

  test("that fails leaves the program to the next one", async () => {
    const model = small();
    const onToken = (): never => {
      throw new Error("stop");
    };
    await expect(generate(model, [1], { maxNewTokens: 3, onToken })).rejects.toThrow("stop");
    const decoding = start(model);
    expect(decoding.step(1)).toBeDefined();
    decoding.end();
  });

  test("hands out logits that stay", async () => {
    const seen: Tensor[] = [];
    const copies: number[][] = [];
    const onToken = (_: number, logits: Tensor) => {
      seen.push(logits);
      copies.push(numbers(logits));
    };
    await generate(small(), [1], { maxNewTokens: 5, onToken });
    expect(seen.map(numbers)).toEqual(copies);
  });
});

function start(model: Model, residents?: Residents): Decoding {
  const cache = new KeyValueCache();
  model.forward(ids([1, 2]), { cache });
  return new Decoding(model, cache, 10, residents);
}

function steps(model: Model, residents?: Residents): boolean {
  const decoding = start(model, residents);
  const compiled = decoding.step(1) !== undefined;
  decoding.end();
  return compiled;
}

describe("without a program", () => {
  test.each(["float64", "bfloat16"] as const)("parameters of %s", (dtype) => {
    expect(steps(buildModel(llama, { dtype }))).toBe(false);
  });

  test("another engine, and an observer", () => {
    const model = small();
    expect(withEngine("reference", () => steps(model))).toBe(false);
    expect(withEngine("wasm", () => steps(model))).toBe(true);
    expect(
      observe(
        () => {},
        () => steps(model),
      ),
    ).toBe(false);
  });

  test("a forward that looks at numbers", async () => {
    const model = small();
    const forward = model.forward.bind(model);
    model.forward = (x, options) => {
      x.toArray();
      return forward(x, options);
    };
    expect(await generate(model, [1, 2], { maxNewTokens: 5 })).toEqual(await eagerTokens(model, [1, 2], 5));
    expect(steps(model)).toBe(false);
  });

  test("up to the end of the position table", async () => {
    const model = buildModel({ ...goldens["gpt2"].config, n_positions: 70 });
    const tokens = await generate(model, [1, 2, 3], { maxNewTokens: 68 });
    expect(tokens).toEqual(await eagerTokens(model, [1, 2, 3], 68));
  });
});

describe("memory", () => {
  test("has a limit, and the least recently used model makes room", () => {
    const [a, b, c] = [small(1), small(2), small(3)];
    const one = new Residents();
    steps(a, one);
    const { byteLength } = one.of(a);
    const two = new Residents(2.5 * byteLength);
    for (const model of [a, b, a, c]) expect(steps(model, two)).toBe(true);
    expect([a, b, c].map((model) => two.of(model).byteLength > 0)).toEqual([true, false, true]);
    expect(steps(a, new Residents(byteLength / 4))).toBe(false);
  });

  test("of a model in use is not taken", () => {
    const [a, b] = [small(1), small(2)];
    const one = new Residents();
    steps(a, one);
    const residents = new Residents(1.5 * one.of(a).byteLength);
    const busy = start(a, residents);
    expect(steps(b, residents)).toBe(false);
    expect(busy.step(1)).toBeDefined();
    busy.end();
    expect(steps(b, residents)).toBe(true);
  });
});

describe("threads", () => {
  afterAll(() => selectThreads("auto"));
  const config = { ...llama, vocab_size: 9000, hidden_size: 256, intermediate_size: 2100 };

  test("change no bit", async () => {
    const model = buildModel(config, { seed: 5 });
    const logits: number[][] = [];
    for (const threads of [1, 2, 3]) {
      selectThreads(threads);
      await whenThreadsReady();
      const decoding = start(model);
      for (let i = 0; i < 4; i++) logits.push(numbers(decoding.step(i)!));
      decoding.end();
    }
    expect(logits.slice(4, 8)).toEqual(logits.slice(0, 4));
    expect(logits.slice(8)).toEqual(logits.slice(0, 4));
  });

  test("that are lost leave the rest to eager steps", async () => {
    selectThreads(2);
    const model = buildModel(config, { seed: 5 });
    const residents = new Residents();
    const cache = new KeyValueCache();
    model.forward(ids([1, 2]), { cache });
    const decoding = new Decoding(model, cache, 10, residents);
    expect(decoding.step(3)).toBeDefined();
    residents.of(model).threads!.close();
    expect(decoding.step(4)).toBeUndefined();
    expect(cache.length).toBe(3);
    decoding.end();
    expect(steps(model, residents)).toBe(true);
  });
});
