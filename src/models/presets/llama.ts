const common = {
  model_type: "llama",
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  hidden_act: "silu",
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
} as const;

/** Llama 2 (Touvron et al., 2023) and Llama 3.1 (Grattafiori et al., 2024). */
export const llamaPresets = {
  "llama-2-7b": {
    ...common,
    vocab_size: 32000,
    num_key_value_heads: 32,
    intermediate_size: 11008,
    max_position_embeddings: 4096,
    rope_theta: 10000,
    torch_dtype: "float16",
  },
  "llama-3.1-8b": {
    ...common,
    vocab_size: 128256,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    max_position_embeddings: 131072,
    rope_theta: 500000,
    rope_scaling: {
      rope_type: "llama3",
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    },
    torch_dtype: "bfloat16",
  },
} as const;
