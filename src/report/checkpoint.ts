import { openCheckpoint, type Checkpoint } from "../formats/index.js";
import { architectures, buildModel, type ModelConfig } from "../models/index.js";
import { checkShape, withStoredPooler } from "../models/weights/load.js";
import { placeWeights } from "../models/weights/names.js";
import { showShape } from "../shape/dim.js";
import type { CheckpointCheck } from "./analysis.js";

/**
 * Compares a model's definition with the header of its weights, without reading a weight: names, shapes and the
 * exact number of parameters. Task heads and buffers do not count. Throws `FormatError` for a broken file, and for a
 * weight of another shape: then config and weights are of different models, and a price would be of neither.
 */
export async function compareCheckpoint(
  folder: string,
  config: ModelConfig,
): Promise<{ check: CheckpointCheck; config: ModelConfig }> {
  const checkpoint = await openCheckpoint(folder);
  try {
    return compare(checkpoint, config);
  } finally {
    await checkpoint.close();
  }
}

function compare(
  checkpoint: Checkpoint,
  config: ModelConfig,
): { check: CheckpointCheck; config: ModelConfig } {
  const placements = placeWeights(checkpoint.names, architectures.get(config.modelType)!.weights);
  const stored = new Map(placements.map((placement) => [placement.path, placement] as const));
  const fitted = withStoredPooler(config, placements);
  const model = buildModel(fitted, { device: "abstract" });
  const differences: string[] = [];
  let parameters = 0;
  for (const [path, parameter] of model.namedParameters()) {
    const placement = stored.get(path);
    stored.delete(path);
    if (placement === undefined) {
      differences.push(`${path} ${showShape(parameter.dims)} is missing`);
      continue;
    }
    checkShape(placement, parameter, checkpoint);
    parameters += checkpoint.info(placement.name).size;
  }
  for (const [path, { name }] of stored) {
    if (fitted.tiedEmbeddings && path === "lm_head.weight") continue; // a tied head, stored a second time
    const { size, shape } = checkpoint.info(name);
    parameters += size;
    differences.push(`${name} ${showShape(shape)} is not in the definition`);
  }
  const difference = model.parameterCount - parameters;
  const check = {
    parameters,
    difference,
    matches: difference === 0 && differences.length === 0,
    differences,
  };
  return { check, config: fitted };
}
