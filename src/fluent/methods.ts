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
  readonly add: Binary<"add">;
  readonly sub: Binary<"sub">;
  readonly mul: Binary<"mul">;
  readonly div: Binary<"div">;
  readonly pow: Binary<"pow">;
  readonly maximum: Binary<"maximum">;
  readonly minimum: Binary<"minimum">;
  readonly eq: Binary<"eq">;
  readonly ne: Binary<"ne">;
  readonly lt: Binary<"lt">;
  readonly le: Binary<"le">;
  readonly gt: Binary<"gt">;
  readonly ge: Binary<"ge">;
  readonly logicalAnd: Binary<"logicalAnd">;
  readonly logicalOr: Binary<"logicalOr">;
  readonly logicalXor: Binary<"logicalXor">;
  readonly remainder: Binary<"remainder">;

  // elementwise, one operand
  readonly logicalNot: Unary;
  readonly exp: Unary;
  readonly log: Unary;
  readonly sqrt: Unary;
  readonly rsqrt: Unary;
  readonly square: Unary;
  readonly reciprocal: Unary;
  readonly abs: Unary;
  readonly neg: Unary;
  readonly sign: Unary;
  readonly sin: Unary;
  readonly cos: Unary;
  readonly tanh: Unary;
  readonly erf: Unary;
  readonly floor: Unary;
  readonly ceil: Unary;
  readonly round: Unary;
  readonly isnan: Unary;
  readonly isfinite: Unary;
  readonly relu: Unary;
  readonly gelu: Elementwise.GeluMethod;
  readonly silu: Unary;
  readonly sigmoid: Unary;
  readonly clip: Elementwise.ClipMethod;
  readonly cast: Elementwise.CastMethod;
  /** `condition.where(x, y)`: x where the condition holds, else y. */
  readonly where: Elementwise.WhereMethod;

  // reductions: x.sum(), x.sum(-1), x.mean("seq"), x.max([0, 1], true)
  readonly sum: Reduction<"sum">;
  readonly mean: Reduction<"mean">;
  readonly max: Reduction<"max">;
  readonly min: Reduction<"min">;
  readonly prod: Reduction<"prod">;
  readonly all: Reduction<"all">;
  readonly any: Reduction<"any">;
  readonly logsumexp: Reduction<"logsumexp">;
  readonly argmax: Reduction<"argmax">;
  readonly argmin: Reduction<"argmin">;
  readonly var: Reductions.VarianceMethod<"var">;
  readonly std: Reductions.VarianceMethod<"std">;

  // along one axis
  readonly softmax: Reductions.AlongMethod<"softmax">;
  readonly logSoftmax: Reductions.AlongMethod<"logSoftmax">;
  readonly cumsum: Reductions.AlongMethod<"cumsum">;

  // another shape, the same elements
  readonly reshape: Views.ReshapeMethod;
  readonly flatten: Views.FlattenMethod;
  readonly transpose: Views.TransposeMethod;
  readonly permute: Views.PermuteMethod;
  readonly squeeze: Views.SqueezeMethod;
  readonly unsqueeze: Views.UnsqueezeMethod;
  readonly expand: Views.ExpandMethod;
  readonly rearrange: Products.RearrangeMethod;

  // parts
  readonly slice: Indexing.SliceMethod;
  readonly select: Indexing.SelectMethod;
  readonly take: Indexing.TakeMethod;
  readonly gather: Indexing.GatherMethod;
  readonly split: Joining.SplitMethod;
  readonly pad: Indexing.PadMethod;
  readonly tile: Indexing.TileMethod;
  readonly repeat: Indexing.RepeatMethod;
  readonly flip: Indexing.FlipMethod;
  readonly tril: Indexing.TriangleMethod<"tril">;
  readonly triu: Indexing.TriangleMethod<"triu">;

  // products and layers
  readonly matmul: Products.MatMulMethod;
  readonly dot: Products.DotMethod;
  readonly outer: Products.OuterMethod;
  readonly tensordot: Products.TensorDotMethod;
  readonly cosineSimilarity: Products.CosineSimilarityMethod;
  readonly linear: Layers.LinearMethod;
  readonly layerNorm: Layers.LayerNormMethod;
  readonly rmsNorm: Layers.RMSNormMethod;
  readonly rotaryEmbedding: Layers.RotaryMethod;
  readonly scaledDotProductAttention: Layers.AttentionMethod;

  // names
  readonly bind: Creation.BindMethod;
  readonly as: Creation.AsMethod;
}

declare module "../tensor/tensor.js" {
  // oxlint-disable-next-line typescript/no-unused-vars -- merges with the class, whose parameter it must repeat
  interface Tensor<S> extends TensorMethods {}
}
