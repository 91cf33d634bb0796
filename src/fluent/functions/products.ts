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

/**
 * [..., m, k] @ [..., k, n] -> [..., m, n], as NumPy's `matmul`: leading axes broadcast, a vector is a row on
 * the left and a column on the right. Half types accumulate in float32. Throws `ShapeError` when the inner
 * sizes differ.
 *
 * @example
 * matmul(tensor([[1, 2]]), tensor([[3], [4]])).toArray(); // [[11]]
 * matmul(input(["B", "n", 64]), input([64, "m"])).shape; // [B, n, m]
 */
export const matmul = ops.matmul as MatMulFunction;
/**
 * The inner product of two vectors: [n], [n] -> a scalar. Throws `ShapeError` for anything else.
 *
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item(); // 11
 */
export const dot = ops.dot as DotFunction;
/**
 * The outer product a bᵀ: [n], [m] -> [n, m]. Throws `ShapeError` for anything but vectors.
 *
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray(); // [[3, 4], [6, 8]]
 */
export const outer = ops.outer as OuterFunction;
/**
 * The last `axes` (default 2) axes of a against the first of b, or given pairs, as NumPy's `tensordot`; the
 * axes that stay are those of a, then those of b. Throws `ShapeError` when paired sizes differ.
 *
 * @example
 * tensordot(ones([5, 12, 64]), ones([12, 64, 768])).shape; // [5, 768]
 * tensordot(ones([2, 3]), ones([2, 4]), [[0], [0]]).shape; // [3, 4]
 */
export const tensordot = ops.tensordot as TensorDotFunction;
/**
 * Sums of products over named axes, as NumPy's `einsum`: a letter missing from the output is summed, a
 * repeated one takes the diagonal, `...` broadcasts. Throws `ShapeError` when a letter has two sizes.
 *
 * @example
 * einsum("bhqd,bhkd->bhqk", ones([2, 12, 5, 64]), ones([2, 12, 7, 64])).shape; // [2, 12, 5, 7]
 */
export const einsum = ops.einsum as EinsumFunction;
/**
 * a·b / (‖a‖ ‖b‖) along an axis (the last by default), which disappears; norms are at least `eps` (1e-8).
 * Throws `ShapeError` when the shapes do not broadcast.
 *
 * @example
 * cosineSimilarity(tensor([1, 0]), tensor([[1, 1], [0, 2]])).toArray(); // [0.7071…, 0]
 */
export const cosineSimilarity = ops.cosineSimilarity as CosineSimilarityFunction;

// ---- layers without parameters of their own ----

/**
 * x Wᵀ + b: x [..., in], W [out, in], b [out] -> [..., out]. With options, `activation(x Wᵀ + b) + residual` in one
 * op: the activation is `"relu"`, `"gelu"`, `"geluTanh"` or `"silu"`, the residual has the shape of the result. Throws
 * `ShapeError` when the sizes do not meet.
 *
 * @example
 * linear(tensor([[1, 2]]), tensor([[3, 4]]), tensor([10])).toArray(); // [[21]]
 * linear(tensor([[1, 2]]), tensor([[-3, -4]]), undefined, { activation: "relu" }).toArray(); // [[0]]
 */
export const linear = ops.linear as LinearFunction;
/**
 * Rows of a table at int32 or int64 ids: [...], [V, d] -> [..., d]. Throws `ShapeError` for an id outside [0,
 * V).
 *
 * @example
 * embedding(tensor([1, 0], { dtype: "int32" }), tensor([[1, 2], [3, 4]])).toArray(); // [[3, 4], [1, 2]]
 */
export const embedding = ops.embedding as EmbeddingFunction;
/**
 * (x − mean) / √(variance + eps) · weight + bias over the last axis, eps 1e-5 by default (Ba, Kiros and
 * Hinton, 2016): [..., d] -> [..., d]. Throws `ShapeError` when weight or bias is not [d].
 *
 * @example
 * layerNorm(tensor([1, 3]), tensor([1, 10]), tensor([0, 5])).toArray(); // [-0.99999…, 14.9999…]
 */
export const layerNorm = ops.layerNorm as LayerNormFunction;
/**
 * x / √(mean(x²) + eps) · weight over the last axis, eps 1e-5 by default (Zhang and Sennrich, 2019):
 * [..., d] -> [..., d]. Throws `ShapeError` when the weight is not [d].
 *
 * @example
 * rmsNorm(tensor([3, 4])).toArray(); // [0.8485…, 1.1313…]
 */
export const rmsNorm = ops.rmsNorm as RMSNormFunction;
/**
 * softmax(q kᵀ / √d + mask) v in one op that keeps no scores (Vaswani et al., 2017): q [..., h, n, d], k
 * [..., g, m, d], v [..., g, m, e] -> [..., h, n, e]; each of the g key heads serves h / g query heads. A
 * causal query i of n sees the keys up to i + m − n; one that sees none gives zeros. Values must be finite where they
 * are masked, too: their weight is 0, and 0 · NaN is NaN. Throws `ShapeError` when widths, lengths or heads do not meet.
 *
 * @example
 * const [q, k, v] = [randn([8, 5, 64]), randn([2, 7, 64]), randn([2, 7, 32])];
 * scaledDotProductAttention(q, k, v, { causal: true }).shape; // [8, 5, 32]
 */
export const scaledDotProductAttention = ops.scaledDotProductAttention as AttentionFunction;
/**
 * Pairs of elements turned by position · theta^(−2i/d), theta 10000 by default (Su et al., "RoFormer", 2021):
 * [..., n, d] -> [..., n, d]. Throws `ShapeError` for an odd d or positions that do not broadcast to [...,
 * n].
 *
 * @example
 * rotaryEmbedding(tensor([[1, 0], [1, 0]])).toArray(); // [[1, 0], [0.54030…, 0.84147…]]
 */
export const rotaryEmbedding = ops.rotaryEmbedding as RotaryFunction;
