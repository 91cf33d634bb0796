import {
  backwardMatmulFlops,
  activationBytes,
  blockTree,
  recomputedFlops,
  sizesAt,
  trace,
  trainingMemory,
  type NamedOperand,
  type Trace,
} from "../cost/index.js";
import { loadStoredConfig } from "../models/config/load.js";
import { buildModel, loadConfig, type Model, type ModelConfig, type RawConfig } from "../models/index.js";
import { KeyValueCache } from "../nn/cache.js";
import { Embedding } from "../nn/embedding.js";
import { namedSize, type SizeLike } from "../shape/dim.js";
import { Polynomial } from "../shape/polynomial.js";
import { abstractTensor } from "../tensor/create.js";
import { bytesOf } from "../tensor/dtype.js";
import type { Analysis, CheckpointCheck, SymbolicTotal } from "./analysis.js";
import { cacheBytesPerToken, cachedPositions, fitOf, inferenceMemory } from "./budget.js";
import { compareCheckpoint } from "./checkpoint.js";
import { notesOf } from "./notes.js";
import { resolveOptions, type AnalyzeOptions, type Settings } from "./options.js";
import { blockRow, opRows } from "./rows.js";
import { noTimes, timesOf } from "./times.js";

/**
 * What a model costs, before it runs: parameters, FLOPs, bytes, memory and time, as raw numbers.
 *
 * `source` is the name of a preset, a `config.json` or its folder, or the parsed object. Throws `ConfigError`
 * naming the key or the option that is wrong.
 *
 * @example
 * const options = { batch: 32, seq: 512, gpu: "a100-40gb", mode: "training" } as const;
 * analyze("bert-base-uncased", options).fit?.fits; // true
 */
export function analyze(
  source: string | URL | RawConfig | ModelConfig,
  options: AnalyzeOptions = {},
): Analysis {
  const config = loadConfig(source);
  return analyzeConfig(config, resolveOptions(options, config), null);
}

/**
 * As `analyze`, for a model folder or a file in it, with its definition compared to the weights on disk. Throws
 * `FormatError` when they break the format.
 *
 * @example
 * (await analyzeFolder("models/llama")).checkpoint?.matches; // true
 */
export async function analyzeFolder(folder: string, options: AnalyzeOptions = {}): Promise<Analysis> {
  const stored = loadStoredConfig(folder);
  const { config, check } = await compareCheckpoint(stored.weights, stored.config);
  return analyzeConfig(config, resolveOptions(options, config), check);
}

/** As `analyze`, for options that are already checked and weights that were already compared. */
function analyzeConfig(
  config: ModelConfig,
  settings: Settings,
  checkpoint: CheckpointCheck | null,
): Analysis {
  const { batch, seq, dtype, mode, attention, symbolic, device, efficiency, tf32 } = settings;
  const model = buildModel(config, { dtype, device: "abstract", attention });
  // Names that know their size: one trace gives the formulas and the numbers. As data joins axes around one of size
  // 1, a single position is a plain 1, unless formulas are asked for.
  const length = seq === 1 && !symbolic ? 1 : namedSize("seq", seq);
  const named = traced(model, namedSize("B", batch), length);
  const numbers = named.bind({ B: batch, seq });

  const { totals } = numbers;
  const matmulBackward = Number(backwardMatmulFlops(numbers.ops).value());
  const [forward, matmulForward] = [Number(totals.flops.value()), Number(totals.matmulFlops.value())];
  const training = trainingMemory(numbers);
  const checkpointing = trainingMemory(numbers, { checkpointing: true });
  const inference = inferenceMemory(numbers, config, settings);
  const used = mode === "training" ? training : inference;
  const work = {
    forward: numbers,
    decode: device && mode === "inference" ? decodeTrace(model, config, settings) : undefined,
    weightsBytes: inference.weightsBytes,
    matmulForward,
    matmulBackward,
  };
  return {
    schema: "lintel.analyze/1",
    model: {
      name: config.name,
      modelType: config.modelType,
      family: config.family,
      layers: config.layers,
      maxPositions: config.maxPositions,
    },
    settings: { batch, seq, dtype, mode, attention, efficiency, tf32, gpu: device?.id ?? null },
    params: {
      total: Number(numbers.parameterCount.value()),
      embedding: embeddingParams(model),
      unused: count(numbers.unusedParameters),
    },
    flops: {
      forward,
      matmulForward,
      matmulBackward,
      trainingStep: forward + matmulBackward,
      matmulTrainingStep: matmulForward + matmulBackward,
    },
    bytes: {
      forwardRead: Number(totals.bytesRead.value()),
      forwardWritten: Number(totals.bytesWritten.value()),
    },
    memory: {
      weightsBytes: inference.weightsBytes,
      activationsBytes: used.activationsBytes,
      kvCacheBytesPerToken: cacheBytesPerToken(config, dtype),
      totalBytes: used.totalBytes,
      training,
      trainingWithCheckpointing: {
        ...checkpointing,
        recomputedFlops: Number(recomputedFlops(numbers).value()),
      },
      inference,
    },
    time: device === undefined ? noTimes : timesOf(work, device, settings),
    fit:
      device === undefined
        ? null
        : fitOf(
            (size) => sizesAt({ B: size, seq }),
            named,
            config,
            settings,
            { training, checkpointing, inference },
            device.memoryBytes,
          ),
    hardware: device ?? null,
    ops: opRows(named, numbers, settings),
    blocks: blockRow(blockTree(numbers.records, config.name), settings),
    symbolic: symbolic ? formulas(named, config, settings) : null,
    checkpoint,
    notes: notesOf(config, settings, numbers.unusedParameters),
  };
}

function traced(model: Model, batch: SizeLike, seq: SizeLike, past?: SizeLike): Trace {
  const ids = abstractTensor([batch, seq], "int32");
  const run = { namedParameters: () => model.namedParameters() };
  const cache = past === undefined ? undefined : new KeyValueCache({ length: past });
  return trace({ ...run, forward: () => model.forward(ids, { cache }) });
}

/** One more token for every sequence, the last of `seq`. */
function decodeTrace(model: Model, config: ModelConfig, { batch, seq }: Settings): Trace | undefined {
  return config.family === "bert" ? undefined : traced(model, batch, 1, seq - 1);
}

const count = (operands: readonly NamedOperand[]): number =>
  operands.reduce((total, { storage, dtype }) => total + Number(storage.bytes.value()) / bytesOf(dtype), 0);

/** Parameters of embedding tables, an output head that shares one included once. */
function embeddingParams(model: Model): number {
  let total = 0;
  for (const [, module] of model.modules()) if (module instanceof Embedding) total += module.weight.size;
  return total;
}

function formulas(named: Trace, config: ModelConfig, { dtype }: Settings): Record<SymbolicTotal, string> {
  const { flops, matmulFlops, bytesRead, bytesWritten } = named.totals;
  const backward = backwardMatmulFlops(named.ops);
  const cache = Polynomial.product(
    cacheBytesPerToken(config, dtype),
    Polynomial.symbol("B"),
    Polynomial.symbol("seq"),
  );
  const windowed = cachedPositions(config, config.maxPositions) < config.layers * config.maxPositions;
  const shown: Record<SymbolicTotal, Polynomial | string> = {
    "flops.forward": flops,
    "flops.matmulForward": matmulFlops,
    "flops.matmulBackward": backward,
    "flops.trainingStep": flops.plus(backward),
    "bytes.forwardRead": bytesRead,
    "bytes.forwardWritten": bytesWritten,
    "memory.training.activationsBytes": activationBytes(named),
    "memory.inference.kvCacheBytes": windowed ? `${cache.toCanonicalString()} up to the window` : cache,
  };
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) => [
      key,
      typeof value === "string" ? value : value.toCanonicalString(),
    ]),
  ) as Record<SymbolicTotal, string>;
}
