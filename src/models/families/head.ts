import { SizedLinear, type SizedEmbedding } from "../../nn/sized.js";
import { parameter, withParameters } from "../../nn/parameters.js";
import type { CommonConfig } from "../config/common.js";

/**
 * The output projection [V, d]; a tied one is the embedding table itself and takes no memory of its own. A bias stays
 * one of its own.
 */
export function outputHead(table: SizedEmbedding, config: CommonConfig, bias = false): SizedLinear {
  const { hiddenSize, vocabSize, tiedEmbeddings } = config;
  if (!tiedEmbeddings) return new SizedLinear(hiddenSize, vocabSize, { bias });
  const head = withParameters("abstract", () => new SizedLinear(hiddenSize, vocabSize, { bias }));
  head.setParameter("weight", table.weight);
  if (bias) head.setParameter("bias", parameter([vocabSize], { bound: 1 / Math.sqrt(hiddenSize) }));
  return head;
}
