import type { Command } from "commander";
import { ConfigError } from "../../base/errors.js";
import { generate, loadModel, type Model } from "../../models/index.js";
import { tensor } from "../../tensor/create.js";
import { Progress, type Io } from "../io.js";
import { idList, whole } from "../options.js";

interface Flags {
  readonly ids: readonly number[];
  readonly greedy?: number;
  readonly json?: boolean;
}

export function addRun(program: Command, io: Io): void {
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
    .option("--json", "one object: ids, generated, tokensPerSecond, logits of the last position")
    .action(async (folder: string, flags: Flags) => {
      const progress = new Progress(io);
      const model = await progress.during(`loading ${folder}`, loadModel(folder));
      checkIds(model, flags.ids);
      const wanted = flags.greedy ?? 0;
      const start = performance.now();
      let done = 0;
      const generated =
        wanted === 0
          ? []
          : await generate(model, flags.ids, {
              maxNewTokens: wanted,
              onToken: () => progress.update(`${++done} of ${wanted} tokens`),
            });
      const seconds = (performance.now() - start) / 1000;
      progress.clear();
      const ids = [...flags.ids, ...generated];
      const tokensPerSecond = generated.length === 0 ? null : generated.length / seconds;
      if (flags.json !== true) {
        const speed = tokensPerSecond === null ? "" : `${tokensPerSecond.toFixed(1)} tokens/s\n`;
        io.stdout(`${ids.join(",")}\n${speed}`);
        return;
      }
      const logits = await lastLogits(model, ids);
      io.stdout(`${JSON.stringify({ schema: "lintel.run/1", ids, generated, tokensPerSecond, logits })}\n`);
    });
}

function checkIds({ config }: Model, ids: readonly number[]): void {
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
}

/** What the model says at the last of `ids`: logits, or an encoder's hidden state. */
async function lastLogits(model: Model, ids: readonly number[]): Promise<number[]> {
  const output = model.forward(tensor([ids], { dtype: "int32" })); // [1, n, V]
  const width = Number(output.dims.at(-1));
  return Array.from(await output.data(), Number).slice(-width);
}
