import type { DType } from "../../tensor/dtype.js";
import type { Activation } from "../../nn/activation.js";
import type { RotaryFrequencies } from "../../ops/rotaryEmbedding/frequencies.js";

/** A `config.json` as it is in the file, or an object of the same form. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** What every transformer has, under one name whatever the file calls it. */
export interface CommonConfig {
  /** What people call the model: the preset, the folder, or the model type. */
  readonly name: string;
  /** `model_type` of the file: `"mistral"`. */
  readonly modelType: string;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Fewer than `heads` in grouped-query attention. */
  readonly keyValueHeads: number;
  /** Width of one head; not always hiddenSize / heads. */
  readonly headSize: number;
  readonly intermediateSize: number;
  /** The longest sequence that the model was made for. */
  readonly maxPositions: number;
  readonly activation: Activation;
  /** The output head uses the embedding table. */
  readonly tiedEmbeddings: boolean;
  /** The dtype in which the weights were published, float32 when the file does not say. */
  readonly dtype: DType;
}

/** Post-norm encoders: BERT and its descendants. */
export interface BertConfig extends CommonConfig {
  readonly family: "bert";
  readonly layerNormEps: number;
  /** Rows of the token-type table; 0 for models without one. */
  readonly tokenTypes: number;
  /** The position table row of the first token: RoBERTa starts at 2. */
  readonly firstPosition: number;
  /** Biases of the four attention projections. */
  readonly attentionBias: boolean;
  readonly pooler: boolean;
}

/** Pre-norm decoders with learned positions and one fused projection: GPT-2 and minGPT. */
export interface Gpt2Config extends CommonConfig {
  readonly family: "gpt2";
  readonly layerNormEps: number;
  /** Scores are divided by √headSize. */
  readonly scaleAttention: boolean;
  /** Scores of layer i are also divided by i + 1. */
  readonly scaleByLayer: boolean;
}

/** Pre-norm decoders with rotary positions, RMSNorm and a gated MLP: Llama and its descendants. */
export interface LlamaConfig extends CommonConfig {
  readonly family: "llama";
  readonly rmsNormEps: number;
  readonly biases: { readonly qkv: boolean; readonly output: boolean; readonly mlp: boolean };
  /** RMSNorm over each head of q and k. */
  readonly qkNorm: boolean;
  readonly rotary: RotaryFrequencies;
  /** Per layer: how many positions back attention reaches; `null` for all. */
  readonly windows: readonly (number | null)[];
  /** Scores are multiplied with this; usually 1/√headSize. */
  readonly attentionScale: number;
  /** Bounds of scores and of logits, softcap · tanh(x / softcap); `null` for none. */
  readonly attentionSoftcap: number | null;
  readonly finalSoftcap: number | null;
  /** Attention and MLP are also normalised after, before they join the residual stream, as in Gemma 2. */
  readonly postNorms: boolean;
  /** Norms multiply by 1 + weight and embeddings by √hiddenSize, as in Gemma. */
  readonly unitOffsetNorm: boolean;
  readonly scaledEmbeddings: boolean;
}

/** Decoders with LayerNorm and a plain MLP, often beside attention: GPT-NeoX, GPT-J, Phi, OPT and BLOOM. */
export interface NeoxConfig extends CommonConfig {
  readonly family: "neox";
  readonly layerNormEps: number;
  /** Biases of the attention projections. */
  readonly attentionBias: boolean;
  readonly headBias: boolean;
  /** q, k and v of every head lie side by side in one projection. */
  readonly fusedProjection: boolean;
  /** The first `size` elements of every head are rotated; `null` for models without rotary positions. */
  readonly rotary: {
    readonly theta: number;
    readonly size: number;
    readonly style: "half" | "interleaved";
  } | null;
  /** The position table row of the first token, as in OPT; `null` for models without such a table. */
  readonly firstPosition: number | null;
  /** Scores fall linearly with the distance (Press et al., 2022). */
  readonly alibi: boolean;
  /** Attention and MLP both read the input of the layer. */
  readonly parallel: boolean;
  /** The MLP has no norm of its own and reads what attention reads. */
  readonly sharedNorm: boolean;
  /** The embeddings are normalised. */
  readonly embeddingNorm: boolean;
}

/** A validated configuration with every default filled in. */
export type ModelConfig = BertConfig | Gpt2Config | LlamaConfig | NeoxConfig;

export type Family = ModelConfig["family"];
