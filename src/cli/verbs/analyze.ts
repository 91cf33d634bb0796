import { readdirSync, statSync } from "node:fs";
import type { Command } from "commander";
import { ConfigError } from "../../base/errors.js";
import {
  analyze,
  analyzeFolder,
  toCsv,
  toJson,
  toMarkdown,
  toText,
  type Analysis,
  type AnalyzeOptions,
} from "../../report/index.js";
import { dtypes, isFloat } from "../../tensor/dtype.js";
import { isWeightsFile } from "../../formats/weight-names.js";
import { isThisMachine } from "../../cost/hardware/index.js";
import type { Bench } from "../../cost/machine/index.js";
import type { Io } from "../io.js";
import { measuredMachine } from "../measured-machine.js";
import { bytes, fraction, oneOf, whole } from "../options.js";

interface Flags extends AnalyzeOptions {
  readonly gpu?: string;
  readonly remeasure?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
  readonly assertFits?: boolean | string;
}

export function addAnalyze(program: Command, io: Io, bench: Bench, fail: (code: number) => void): void {
  program
    .command("analyze")
    .description("what a model costs before it runs: parameters, FLOPs, bytes, memory, time")
    .argument("<model>", "a preset, a config.json, a model folder, or weights in one")
    .option("--batch <n>", "sequences per step (default: 1)", whole("--batch"))
    .option("--seq <n>", "tokens per sequence (default: 512, or all the model has)", whole("--seq"))
    .option(
      "--dtype <type>",
      "of weights and activations (default: the config's)",
      oneOf("--dtype", ...dtypes.filter(isFloat)),
    )
    .option(
      "--gpu <name>",
      "a100-40gb, a100-80gb, h100-sxm, h200, rtx-4090 or this-machine, which is measured: times and a verdict",
    )
    .option("--remeasure", "measure this-machine again, rather than use what was kept")
    .option(
      "--mode <mode>",
      "inference or training (default: inference)",
      oneOf("--mode", "inference", "training"),
    )
    .option("--attention <kind>", "eager or fused (default: eager)", oneOf("--attention", "eager", "fused"))
    .option(
      "--efficiency <fraction>",
      "share of the peaks that is reached, such as 0.7 (default: 1)",
      fraction("--efficiency"),
    )
    .option("--tf32", "let float32 products use TF32 tensor cores")
    .option("--symbolic", "totals as formulas in B and seq, too")
    .option("--assert-fits [memory]", "exit with 1 unless it fits the GPU, or an amount such as 24GB")
    .option("--json", "one object, raw numbers")
    .option("--csv", "one line per op")
    .option("--markdown", "tables to paste")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  $ lintel analyze bert-base-uncased --batch 32 --seq 512 --gpu a100-40gb --mode training\n" +
        "  $ lintel analyze ./my-model/config.json --symbolic --json",
    )
    .action(async (source: string, flags: Flags) => {
      const formats = [flags.json, flags.csv, flags.markdown].filter((flag) => flag === true);
      if (formats.length > 1) throw new ConfigError("--json, --csv and --markdown exclude each other", {});
      const limit =
        typeof flags.assertFits === "string" ? bytes("--assert-fits")(flags.assertFits) : undefined;
      if (flags.assertFits === true && flags.gpu === undefined) {
        throw new ConfigError(
          "--assert-fits needs --gpu, or an amount of memory such as --assert-fits 24GB",
          {
            key: "--assert-fits",
          },
        );
      }
      if (flags.remeasure === true && !(flags.gpu !== undefined && isThisMachine(flags.gpu))) {
        throw new ConfigError("--remeasure needs --gpu this-machine", { key: "--remeasure" });
      }
      const options = await withDevice(flags, io, bench);
      const analysis = hasWeights(source) ? await analyzeFolder(source, options) : analyze(source, options);
      io.stdout(render(analysis, flags, io));
      if (flags.assertFits !== undefined) assertFits(analysis, limit, io, fail);
    });
}

/** The options with this machine measured, where it is what to price with. */
async function withDevice(flags: Flags, io: Io, bench: Bench): Promise<AnalyzeOptions> {
  const {
    gpu,
    remeasure,
    json: _json,
    csv: _csv,
    markdown: _markdown,
    assertFits: _limit,
    ...options
  } = flags;
  if (gpu === undefined) return options;
  if (!isThisMachine(gpu)) return { ...options, gpu };
  return { ...options, gpu: await measuredMachine(io, bench, remeasure) };
}

function render(analysis: Analysis, { json, csv, markdown }: Flags, io: Io): string {
  if (json === true) return toJson(analysis);
  if (csv === true) return toCsv(analysis);
  return markdown === true ? toMarkdown(analysis) : toText(analysis, { width: io.width, color: io.color });
}

/** Weights are compared with their definition; a config alone is priced. */
function hasWeights(source: string): boolean {
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return readdirSync(source).some(isWeightsFile);
  return found !== undefined && isWeightsFile(source);
}

function assertFits(
  { memory, fit }: Analysis,
  limit: number | undefined,
  io: Io,
  fail: (code: number) => void,
): void {
  const available = limit ?? fit!.availableBytes;
  if (memory.totalBytes <= available) return;
  io.stderr(`lintel: does not fit: ${memory.totalBytes} bytes are needed, ${available} are there\n`);
  fail(1);
}
