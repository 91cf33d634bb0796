// Contractions and layers, typed.
import * as ops from "../../ops/index.js";
import type {
  AttentionFunction,
  EmbeddingFunction,
  LayerNormFunction,
  LinearFunction,
  RMSNormFunction,
  RotaryFunction,
} from "../signatures/layers.js";
import type {
  CosineSimilarityFunction,
  DotFunction,
  EinsumFunction,
  MatMulFunction,
  OuterFunction,
  TensorDotFunction,
} from "../signatures/products.js";

/** [..., m, k] @ [..., k, n] -> [..., m, n] */
export const matmul = ops.matmul as MatMulFunction;
/** [n], [n] -> a scalar */
export const dot = ops.dot as DotFunction;
/** [n], [m] -> [n, m] */
export const outer = ops.outer as OuterFunction;
/** The last `axes` axes of a against the first of b, or given pairs. */
export const tensordot = ops.tensordot as TensorDotFunction;
/** `einsum("bhqd,bhkd->bhqk", q, k)` */
export const einsum = ops.einsum as EinsumFunction;
/** a·b / (‖a‖ ‖b‖) along an axis, which disappears. */
export const cosineSimilarity = ops.cosineSimilarity as CosineSimilarityFunction;

// ---- layers without parameters of their own ----

/** x Wᵀ + b: x [..., in], W [out, in], b [out] -> [..., out] */
export const linear = ops.linear as LinearFunction;
/** ids [...] into a table [V, d] -> [..., d] */
export const embedding = ops.embedding as EmbeddingFunction;
/** Normalised over the last axis to mean 0 and variance 1, then scaled and shifted. */
export const layerNorm = ops.layerNorm as LayerNormFunction;
/** Divided by the root mean square over the last axis, then scaled. */
export const rmsNorm = ops.rmsNorm as RMSNormFunction;
/** softmax(q kᵀ / √d) v: q [..., h, n, d], k [..., g, m, d], v [..., g, m, e] -> [..., h, n, e] */
export const scaledDotProductAttention = ops.scaledDotProductAttention as AttentionFunction;
/** Rotary position embedding of x [..., n, d]. */
export const rotaryEmbedding = ops.rotaryEmbedding as RotaryFunction;
