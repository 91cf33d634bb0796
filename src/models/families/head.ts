import { SizedLinear, type SizedEmbedding } from "../../nn/sized.js";
import { withParameters } from "../../nn/parameters.js";
import type { CommonConfig } from "../config/common.js";

/** The output projection [V, d]; a tied one is the embedding table itself and takes no memory of its own. */
export function outputHead(table: SizedEmbedding, config: CommonConfig, bias = false): SizedLinear {
  const { hiddenSize, vocabSize, tiedEmbeddings } = config;
  if (!tiedEmbeddings) return new SizedLinear(hiddenSize, vocabSize, { bias });
  const head = withParameters("abstract", () => new SizedLinear(hiddenSize, vocabSize, { bias: false }));
  head.setParameter("weight", table.weight);
  return head;
}
