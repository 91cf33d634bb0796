// The methods of Tensor, as the editor shows them. attach.ts puts them on the prototype.
import type * as Elementwise from "./signatures/elementwise.js";
import type * as Reductions from "./signatures/reductions.js";
import type * as Views from "./signatures/views.js";
import type * as Indexing from "./signatures/indexing.js";
import type * as Joining from "./signatures/joining.js";
import type * as Products from "./signatures/products.js";
import type * as Layers from "./signatures/layers.js";
import type * as Creation from "./signatures/creation.js";

type Unary = Elementwise.UnaryMethod;
type Binary<Op extends string> = Elementwise.BinaryMethod<Op>;
type Reduction<Op extends string> = Reductions.ReductionMethod<Op>;

/** Every method takes `this: Tensor<A>`, so that none of them mentions the type parameter of the class. */
export interface TensorMethods {
  // elementwise, two operands: x.add(y), x.add(1)
  /** x + other */
  readonly add: Binary<"add">;
  /** x − other */
  readonly sub: Binary<"sub">;
  /** x · other */
  readonly mul: Binary<"mul">;
  /** x / other, in floating point. */
  readonly div: Binary<"div">;
  /** x to the power other. */
  readonly pow: Binary<"pow">;
  /** The larger of x and other. */
  readonly maximum: Binary<"maximum">;
  /** The smaller of x and other. */
  readonly minimum: Binary<"minimum">;
  /** x = other */
  readonly eq: Binary<"eq">;
  /** x ≠ other */
  readonly ne: Binary<"ne">;
  /** x < other */
  readonly lt: Binary<"lt">;
  /** x ≤ other */
  readonly le: Binary<"le">;
  /** x > other */
  readonly gt: Binary<"gt">;
  /** x ≥ other */
  readonly ge: Binary<"ge">;
  /** True where both are non-zero. */
  readonly logicalAnd: Binary<"logicalAnd">;
  /** True where one is non-zero. */
  readonly logicalOr: Binary<"logicalOr">;
  /** True where exactly one is non-zero. */
  readonly logicalXor: Binary<"logicalXor">;
  /** What is left of x after whole multiples of other, with its sign. */
  readonly remainder: Binary<"remainder">;

  // elementwise, one operand
  /** True where x is zero. */
  readonly logicalNot: Unary;
  /** eˣ */
  readonly exp: Unary;
  /** Natural logarithm. */
  readonly log: Unary;
  /** √x */
  readonly sqrt: Unary;
  /** 1 / √x */
  readonly rsqrt: Unary;
  /** x² */
  readonly square: Unary;
  /** 1 / x */
  readonly reciprocal: Unary;
  /** |x| */
  readonly abs: Unary;
  /** −x */
  readonly neg: Unary;
  /** −1, 0 or 1. */
  readonly sign: Unary;
  /** Sine, x in radians. */
  readonly sin: Unary;
  /** Cosine, x in radians. */
  readonly cos: Unary;
  /** Hyperbolic tangent. */
  readonly tanh: Unary;
  /** The error function. */
  readonly erf: Unary;
  /** Towards −∞. */
  readonly floor: Unary;
  /** Towards +∞. */
  readonly ceil: Unary;
  /** To the nearest integer. */
  readonly round: Unary;
  /** True where x is NaN. */
  readonly isnan: Unary;
  /** True where x is neither NaN nor infinite. */
  readonly isfinite: Unary;
  /** max(x, 0) */
  readonly relu: Unary;
  /** x · Φ(x), or its tanh approximation. */
  readonly gelu: Elementwise.GeluMethod;
  /** x · sigmoid(x) */
  readonly silu: Unary;
  /** 1 / (1 + e⁻ˣ) */
  readonly sigmoid: Unary;
  /** x forced into [low, high]. */
  readonly clip: Elementwise.ClipMethod;
  /** The same values in another dtype. */
  readonly cast: Elementwise.CastMethod;
  /** As the condition: x where it holds, else y. */
  readonly where: Elementwise.WhereMethod;

  // reductions: x.sum(), x.sum(-1), x.mean("seq"), x.max([0, 1], true)
  /** Σ x; integers and booleans sum to int64. */
  readonly sum: Reduction<"sum">;
  /** Arithmetic mean. */
  readonly mean: Reduction<"mean">;
  /** The largest element. */
  readonly max: Reduction<"max">;
  /** The smallest element. */
  readonly min: Reduction<"min">;
  /** Π x */
  readonly prod: Reduction<"prod">;
  /** True where every element is non-zero. */
  readonly all: Reduction<"all">;
  /** True where some element is non-zero. */
  readonly any: Reduction<"any">;
  /** log Σ eˣ, without overflow. */
  readonly logsumexp: Reduction<"logsumexp">;
  /** Where the largest element is, int32. */
  readonly argmax: Reduction<"argmax">;
  /** Where the smallest element is, int32. */
  readonly argmin: Reduction<"argmin">;
  /** Mean squared distance from the mean; `correction` 1 for a sample. */
  readonly var: Reductions.VarianceMethod<"var">;
  /** The square root of the variance. */
  readonly std: Reductions.VarianceMethod<"std">;

  // along one axis
  /** eˣ / Σ eˣ */
  readonly softmax: Reductions.AlongMethod<"softmax">;
  /** log softmax(x), without underflow. */
  readonly logSoftmax: Reductions.AlongMethod<"logSoftmax">;
  /** Running sums. */
  readonly cumsum: Reductions.AlongMethod<"cumsum">;

  // another shape, the same elements
  /** Another shape with as many elements; one size may be −1. */
  readonly reshape: Views.ReshapeMethod;
  /** All axes merged into one. */
  readonly flatten: Views.FlattenMethod;
  /** Two axes swapped, the last two by default. */
  readonly transpose: Views.TransposeMethod;
  /** Axes in another order. */
  readonly permute: Views.PermuteMethod;
  /** Without axes of size 1: the given ones, or all. */
  readonly squeeze: Views.SqueezeMethod;
  /** With a new axis of size 1. */
  readonly unsqueeze: Views.UnsqueezeMethod;
  /** Broadcast to a shape, without copying. */
  readonly expand: Views.ExpandMethod;
  /** `x.rearrange("B n (h d) -> B h n d", { h: 12 })` */
  readonly rearrange: Products.RearrangeMethod;

  // parts
  /** start:end along an axis; negative bounds count from its end. */
  readonly slice: Indexing.SliceMethod;
  /** One index along an axis, which disappears. */
  readonly select: Indexing.SelectMethod;
  /** Whole slices by index; the axis becomes the shape of the indices. */
  readonly take: Indexing.TakeMethod;
  /** One element per index along an axis. */
  readonly gather: Indexing.GatherMethod;
  /** An axis cut into equal parts, or into given lengths. */
  readonly split: Joining.SplitMethod;
  /** [before, after] elements of `value` around every axis. */
  readonly pad: Indexing.PadMethod;
  /** The whole tensor repeated along every axis. */
  readonly tile: Indexing.TileMethod;
  /** Every element repeated along an axis. */
  readonly repeat: Indexing.RepeatMethod;
  /** Reversed along an axis, several, or all. */
  readonly flip: Indexing.FlipMethod;
  /** Zero above the k-th diagonal. */
  readonly tril: Indexing.TriangleMethod<"tril">;
  /** Zero below the k-th diagonal. */
  readonly triu: Indexing.TriangleMethod<"triu">;

  // products and layers
  /** [..., m, k] @ [..., k, n] -> [..., m, n] */
  readonly matmul: Products.MatMulMethod;
  /** [n], [n] -> a scalar */
  readonly dot: Products.DotMethod;
  /** [n], [m] -> [n, m] */
  readonly outer: Products.OuterMethod;
  /** The last `axes` axes of a against the first of b, or given pairs. */
  readonly tensordot: Products.TensorDotMethod;
  /** a·b / (‖a‖ ‖b‖) along an axis, which disappears. */
  readonly cosineSimilarity: Products.CosineSimilarityMethod;
  /** x Wᵀ + b: W [out, in], b [out]; [..., in] -> [..., out] */
  readonly linear: Layers.LinearMethod;
  /** As ids [...]: rows of a table [V, d] -> [..., d] */
  readonly embedding: Layers.EmbeddingMethod;
  /** Normalised over the last axis to mean 0 and variance 1, then scaled and shifted. */
  readonly layerNorm: Layers.LayerNormMethod;
  /** Divided by the root mean square over the last axis, then scaled. */
  readonly rmsNorm: Layers.RMSNormMethod;
  /** Rotary position embedding of x [..., n, d]. */
  readonly rotaryEmbedding: Layers.RotaryMethod;
  /** As q: softmax(q kᵀ / √d) v, with q [..., h, n, d], k [..., g, m, d], v [..., g, m, e]. */
  readonly scaledDotProductAttention: Layers.AttentionMethod;

  // names
  /** Names in the shape replaced by sizes. */
  readonly bind: Creation.BindMethod;
  /** Claims a shape that the types could not work out; checked when it runs. */
  readonly as: Creation.AsMethod;
}

declare module "../tensor/tensor.js" {
  // oxlint-disable-next-line typescript/no-unused-vars -- merges with the class, whose parameter it must repeat
  interface Tensor<S> extends TensorMethods {}
}
