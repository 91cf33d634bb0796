import type { Op } from "../op/define.js";
import type { Lowering } from "../op/lower.js";
import { lowerAdd } from "../ops/add/lower.js";
import { lowerConcat } from "../ops/concat/lower.js";
import { lowerContiguous } from "../ops/contiguous/lower.js";
import { lowerEmbedding } from "../ops/embedding/lower.js";
import {
  addOp,
  concatOp,
  contiguousOp,
  embeddingOp,
  expOp,
  geluOp,
  geluTanhOp,
  layerNormOp,
  linearOp,
  matmulOp,
  mulOp,
  reluOp,
  rmsNormOp,
  rotaryEmbeddingOp,
  scaledDotProductAttentionOp,
  sigmoidOp,
  siluOp,
  softmaxOp,
  squareOp,
  tanhOp,
} from "../ops/index.js";
import { lowerLayerNorm } from "../ops/layerNorm/lower.js";
import { lowerLinear } from "../ops/linear/lower.js";
import { lowerMap } from "../ops/lower.js";
import { lowerMatmul } from "../ops/matmul/lower.js";
import { lowerMul } from "../ops/mul/lower.js";
import { lowerRMSNorm } from "../ops/rmsNorm/lower.js";
import { lowerRotaryEmbedding } from "../ops/rotaryEmbedding/lower.js";
import { lowerAttention } from "../ops/scaledDotProductAttention/lower.js";
import { lowerSoftmax } from "../ops/softmax/lower.js";
import { lowerSquare } from "../ops/square/lower.js";

const entry = <A>(op: Op<A>, lowering: Lowering<A>): [Op<never>, Lowering<never>] => [op, lowering];

/** One line per op that can be part of a program. */
export const lowerings: ReadonlyMap<Op<never>, Lowering<never>> = new Map([
  entry(addOp, lowerAdd),
  entry(concatOp, lowerConcat),
  entry(contiguousOp, lowerContiguous),
  entry(embeddingOp, lowerEmbedding),
  entry(expOp, lowerMap("exp")),
  entry(geluOp, lowerMap("gelu")),
  entry(geluTanhOp, lowerMap("geluTanh")),
  entry(layerNormOp, lowerLayerNorm),
  entry(linearOp, lowerLinear),
  entry(matmulOp, lowerMatmul),
  entry(mulOp, lowerMul),
  entry(reluOp, lowerMap("relu")),
  entry(rmsNormOp, lowerRMSNorm),
  entry(rotaryEmbeddingOp, lowerRotaryEmbedding),
  entry(scaledDotProductAttentionOp, lowerAttention),
  entry(sigmoidOp, lowerMap("sigmoid")),
  entry(siluOp, lowerMap("silu")),
  entry(softmaxOp, lowerSoftmax),
  entry(squareOp, lowerSquare),
  entry(tanhOp, lowerMap("tanh")),
]);
