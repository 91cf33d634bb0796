const gpt2 = {
  model_type: "gpt2",
  vocab_size: 50257,
  n_positions: 1024,
  n_embd: 768,
  n_layer: 12,
  n_head: 12,
  activation_function: "gelu_new",
  layer_norm_epsilon: 1e-5,
} as const;

/** GPT-2 in its four sizes (Radford et al., 2019). */
export const gpt2Presets = {
  gpt2,
  "gpt2-medium": { ...gpt2, n_embd: 1024, n_layer: 24, n_head: 16 },
  "gpt2-large": { ...gpt2, n_embd: 1280, n_layer: 36, n_head: 20 },
  "gpt2-xl": { ...gpt2, n_embd: 1600, n_layer: 48, n_head: 25 },
} as const;
