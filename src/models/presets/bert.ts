const base = {
  model_type: "bert",
  vocab_size: 30522,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  hidden_act: "gelu",
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
} as const;

/** BERT (Devlin et al., 2019), and the textbook's: 30,000 words and no biases in attention. */
export const bertPresets = {
  "bert-base-uncased": base,
  "bert-large-uncased": {
    ...base,
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    intermediate_size: 4096,
  },
  "textbook-bert": { ...base, vocab_size: 30000, attention_bias: false },
} as const;
