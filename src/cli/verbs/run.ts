import type { Command } from "commander";
import { ConfigError } from "../../base/errors.js";
import type { Bench } from "../../cost/machine/index.js";
import { whenThreadsReady } from "../../kernels/index.js";
import { loadStoredConfig } from "../../models/config/load.js";
import { generate, loadModel, type Model, type ModelConfig } from "../../models/index.js";
import { profileText } from "../../report/profile-text.js";
import { profileOf, type Profile } from "../../report/profile.js";
import { tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { Progress, type Io } from "../io.js";
import { measuredMachine } from "../measured-machine.js";
import { idList, whole } from "../options.js";
import { Profiler } from "../profiler.js";

interface Flags {
  readonly ids: readonly number[];
  readonly greedy?: number;
  readonly json?: boolean;
  readonly profile?: boolean;
  readonly remeasure?: boolean;
}

export function addRun(program: Command, io: Io, bench: Bench): void {
  program
    .command("run")
    .description("runs a model folder on token ids, and continues them greedily")
    .argument("<folder>", "config.json and safetensors weights, as Hugging Face lays them out")
    .requiredOption("--ids <list>", "the prompt as token ids, such as 1,403,407", idList("--ids"))
    .option(
      "--greedy <n>",
      "how many tokens to add, the likeliest each time (default: 0)",
      whole("--greedy", 0),
    )
    .option("--profile", "measured time beside the time predicted for this machine, by op and by module")
    .option("--remeasure", "with --profile: measure the machine again, rather than use what was kept")
    .option("--json", "one object: ids, generated, tokensPerSecond, logits of the last position, profile")
    .action(async (folder: string, flags: Flags) => {
      if (flags.remeasure === true && flags.profile !== true) {
        throw new ConfigError("--remeasure needs --profile", { key: "--remeasure" });
      }
      checkFlags(loadStoredConfig(folder).config, flags); // before the weights, which may take minutes
      const model = await new Progress(io).during(`loading ${folder}`, loadModel(folder));
      const continuation = () => continued(model, flags, io);
      const { generated, seconds, profile } =
        flags.profile === true
          ? await profiled(model, flags, io, bench, continuation)
          : { ...(await continuation()), profile: undefined };
      const ids = [...flags.ids, ...generated];
      const tokensPerSecond = generated.length === 0 ? null : generated.length / seconds;
      if (flags.json === true) {
        const logits = await lastLogits(model, ids);
        const result = { schema: "lintel.run/1", ids, generated, tokensPerSecond, logits };
        io.stdout(`${JSON.stringify(profile === undefined ? result : { ...result, profile })}\n`);
        return;
      }
      const speed = tokensPerSecond === null ? "" : `${tokensPerSecond.toFixed(1)} tokens/s\n`;
      io.stdout(`${ids.join(",")}\n${speed}`);
      if (profile !== undefined) io.stdout(`\n${profileText(profile, { width: io.width, color: io.color })}`);
    });
}

interface Continuation {
  readonly generated: readonly number[];
  readonly seconds: number;
}

async function continued(model: Model, { ids, greedy = 0, profile }: Flags, io: Io): Promise<Continuation> {
  if (greedy === 0) return { generated: [], seconds: 0 };
  const progress = new Progress(io);
  const start = performance.now();
  let done = 0;
  const onToken = () => progress.update(`${++done} of ${greedy} tokens`);
  const generated = await generate(model, ids, { maxNewTokens: greedy, onToken, compile: profile !== true });
  const seconds = (performance.now() - start) / 1000;
  progress.clear();
  return { generated, seconds };
}

/** The run itself, observed. Without tokens to generate, the prompt's pass alone. */
async function profiled(
  model: Model,
  flags: Flags,
  io: Io,
  bench: Bench,
  run: () => Promise<Continuation>,
): Promise<Continuation & { readonly profile: Profile }> {
  const hardware = await measuredMachine(io, bench, flags.remeasure);
  await whenThreadsReady();
  const prompt = idsTensor(flags.ids);
  model.forward(prompt); // compiled and warm
  const profiler = new Profiler(model, bench.now);
  const result = await profiler.watch(async () => {
    if ((flags.greedy ?? 0) === 0) model.forward(prompt);
    return await run();
  });
  return { ...result, profile: profileOf(profiler.passes, hardware, model.name) };
}

const idsTensor = (ids: readonly number[]): Tensor => tensor([ids], { dtype: "int32" }); // [1, n]

function checkFlags(config: ModelConfig, { ids, greedy = 0 }: Flags): void {
  const bad = ids.find((id) => id >= config.vocabSize);
  if (bad !== undefined) {
    throw new ConfigError(
      `--ids has ${bad}, but ${config.name} has ${config.vocabSize} tokens: 0 to ${config.vocabSize - 1}`,
      { key: "--ids", value: bad },
    );
  }
  if (ids.length > config.maxPositions) {
    throw new ConfigError(
      `--ids has ${ids.length} tokens, but ${config.name} has ${config.maxPositions} positions`,
      { key: "--ids", value: ids.length },
    );
  }
  if (greedy === 0) return;
  if (config.family === "bert") {
    throw new ConfigError(`--greedy: ${config.name} is an encoder: it predicts no next token`, {
      key: "--greedy",
    });
  }
  const most = config.maxPositions - ids.length;
  if (greedy > most) {
    throw new ConfigError(
      `--ids has ${ids.length} tokens and --greedy asks for ${greedy} more, ` +
        `but ${config.name} has ${config.maxPositions} positions; ask for ${most} at most`,
      { key: "--greedy", value: greedy },
    );
  }
}

/** What the model says at the last of `ids`: logits, or an encoder's hidden state. */
async function lastLogits(model: Model, ids: readonly number[]): Promise<number[]> {
  const output = model.forward(idsTensor(ids)); // [1, n, V]
  const width = Number(output.dims.at(-1));
  return Array.from(await output.data(), Number).slice(-width);
}
