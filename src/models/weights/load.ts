import { DTypeError, FormatError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { openCheckpoint, type Checkpoint } from "../../formats/index.js";
import type { AttentionMode } from "../../nn/attend.js";
import { cast } from "../../ops/cast/op.js";
import { contiguous } from "../../ops/contiguous/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { sameShape, showShape } from "../../shape/dim.js";
import { checkDType, isFloat, type DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { architectures } from "../architectures/index.js";
import { buildModel } from "../build.js";
import { closestNames } from "../../base/closest.js";
import type { ModelConfig } from "../config/common.js";
import { loadStoredConfig } from "../config/load.js";
import type { Model } from "../model.js";
import { placeWeights, type Placement } from "./names.js";

export interface LoadOptions {
  /** What the weights become; `"stored"` keeps bfloat16 and float16 as they are. Default `"float32"`. */
  readonly dtype?: DType | "stored" | undefined;
  /** `"eager"` shows every op of attention, `"fused"` is one op. Default `"eager"`. */
  readonly attention?: AttentionMode | undefined;
}

/**
 * Loads a model from a folder with `config.json` and safetensors weights, as Hugging Face lays it out. A file of the
 * folder stands for it: where it holds several models, that says which.
 *
 * Throws `DTypeError` for a `dtype` that is no float, `ConfigError` for a config that is not understood and
 * `FormatError` for a weight that is missing, unexpected or of another shape, naming the tensor, both shapes and the
 * file.
 *
 * @example
 * const model = await loadModel("models/llama");
 * model.forward(tensor([[1, 403]], { dtype: "int32" })).shape; // [1, 2, 512]
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<Model> {
  const { dtype = "float32", attention } = readOptions("loadModel", options, ["dtype", "attention"]);
  if (dtype !== "stored" && !isFloat(checkDType(dtype))) {
    throw new DTypeError(`loadModel: weights are floats, which ${dtype} cannot hold`, { dtypes: [dtype] });
  }
  const { config, weights } = loadStoredConfig(folder);
  const checkpoint = await openCheckpoint(weights);
  try {
    return await fill(config, checkpoint, dtype, attention);
  } finally {
    await checkpoint.close();
  }
}

async function fill(
  config: ModelConfig,
  checkpoint: Checkpoint,
  dtype: DType | "stored",
  attention: AttentionMode | undefined,
): Promise<Model> {
  const placements = placeWeights(checkpoint.names, architectures.get(config.modelType)!.weights);
  const model = buildModel(withStoredPooler(config, placements), { device: "abstract", attention });
  for (const placement of checkedPlacements(model, placements, checkpoint)) {
    const stored = await checkpoint.tensor(placement.name);
    const oriented = placement.transposed ? contiguous(transpose(stored)) : stored;
    model.setParameter(placement.path, dtype === "stored" ? oriented : cast(oriented, dtype));
  }
  return model;
}

/** Encoders are published with and without a pooler, and the config does not say which. */
export function withStoredPooler(config: ModelConfig, placements: readonly Placement[]): ModelConfig {
  if (config.family !== "bert" || !config.pooler) return config;
  return { ...config, pooler: placements.some(({ path }) => path.startsWith("pooler.")) };
}

/** One placement for every parameter. Throws `FormatError` when a weight is missing, unexpected or misshapen. */
function checkedPlacements(
  model: Model,
  placements: readonly Placement[],
  checkpoint: Checkpoint,
): Placement[] {
  const parameters = new Map(model.namedParameters());
  const byPath = new Map<string, Placement>();
  for (const placement of placements) {
    const other = byPath.get(placement.path);
    if (other !== undefined) throw ambiguous(other, placement, checkpoint);
    byPath.set(placement.path, placement);
  }
  const where = checkpoint.files.join(", ");
  for (const [path, parameter] of parameters) {
    const placement = byPath.get(path);
    if (placement === undefined) throw missing(model, path, parameter, placements, where);
    checkShape(placement, parameter, checkpoint);
  }
  return placements.filter((placement) => {
    if (parameters.has(placement.path)) return true;
    if (isShared(model, placement.path)) return false; // a tied head stored a second time
    throw new FormatError(
      `${where}: unexpected weight '${placement.name}' ${showShape(checkpoint.info(placement.name).shape)}: ` +
        `${model.name} (${model.config.modelType}) has no parameter '${placement.path}'`,
      { file: where, tensor: placement.name },
    );
  });
}

function ambiguous(first: Placement, second: Placement, checkpoint: Checkpoint): FormatError {
  const { file } = checkpoint.info(second.name);
  return new FormatError(
    `${file}: the weights '${first.name}' and '${second.name}' both belong to parameter '${first.path}'`,
    { file, tensor: second.name },
  );
}

function isShared(model: Model, path: string): boolean {
  return model.config.tiedEmbeddings && path === "lm_head.weight";
}

/** Throws `FormatError` naming the file, the weight and both shapes when a stored weight does not fit its parameter. */
export function checkShape(
  { name, path, transposed }: Placement,
  parameter: Tensor,
  checkpoint: Checkpoint,
): void {
  const { shape, file } = checkpoint.info(name);
  const expected = transposed ? parameter.dims.toReversed() : parameter.dims;
  if (sameShape(shape, expected)) return;
  throw new FormatError(
    `${file}: weight '${name}' has shape ${showShape(shape)}, but the config asks for ${showShape(expected)} ` +
      `(parameter '${path}')`,
    { file, tensor: name, shape, expected },
  );
}

function missing(
  model: Model,
  path: string,
  parameter: Tensor,
  placements: readonly Placement[],
  file: string,
): FormatError {
  const close = closestNames(
    path,
    placements.map((placement) => placement.path),
    1,
  );
  const hint =
    path === "lm_head.weight"
      ? `; set "tie_word_embeddings": true in config.json if the head shares the embedding table`
      : close.length > 0 && close[0] !== path
        ? `; the closest name in the file is '${close[0]}'`
        : "";
  return new FormatError(
    `${file}: weight '${path}' ${showShape(parameter.dims)} of ${model.name} is missing${hint}`,
    { file, tensor: path, expected: parameter.dims },
  );
}
