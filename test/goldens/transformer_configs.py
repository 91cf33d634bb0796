"""The small models of transformers.py: their configs, and the prefix of their weights' names."""

BERT = dict(
    model_type="bert", vocab_size=13, hidden_size=12, num_hidden_layers=2, num_attention_heads=3,
    intermediate_size=20, hidden_act="gelu", max_position_embeddings=9, type_vocab_size=2, layer_norm_eps=1e-12,
)
GPT2 = dict(
    model_type="gpt2", vocab_size=11, n_embd=12, n_layer=2, n_head=3, n_positions=9,
    activation_function="gelu_new", layer_norm_epsilon=1e-5,
)
LLAMA = dict(
    model_type="llama", vocab_size=11, hidden_size=16, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, intermediate_size=22, hidden_act="silu", max_position_embeddings=64,
    rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=False,
)
NEOX = dict(
    model_type="gpt_neox", vocab_size=11, hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
    intermediate_size=20, hidden_act="gelu", layer_norm_eps=1e-5, rotary_pct=0.5, rotary_emb_base=100,
    use_parallel_residual=True,
)
LLAMA3_ROPE = dict(
    rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=16,
)
CASES = {
    "bert": (BERT, "bert."),
    "bert without attention biases": ({**BERT, "attention_bias": False}, ""),
    "roberta": ({**BERT, "model_type": "roberta", "type_vocab_size": 1, "pad_token_id": 1}, "roberta."),
    "distilbert": (
        dict(model_type="distilbert", vocab_size=13, dim=12, n_layers=2, n_heads=3, hidden_dim=20,
             activation="gelu", max_position_embeddings=9),
        "distilbert.",
    ),
    "gpt2": (GPT2, "transformer."),
    "gpt2 scaled by layer, narrow": ({**GPT2, "scale_attn_by_inverse_layer_idx": True, "n_inner": 20}, ""),
    "llama": (LLAMA, ""),
    "llama with llama3 positions and biases": (
        {**LLAMA, "rope_theta": 500.0, "rope_scaling": LLAMA3_ROPE, "attention_bias": True, "mlp_bias": True,
         "tie_word_embeddings": True},
        "",
    ),
    "llama with new rope_parameters": (
        {**{k: v for k, v in LLAMA.items() if k != "rope_theta"},
         "rope_parameters": {"rope_type": "linear", "factor": 2.0, "rope_theta": 100.0}},
        "",
    ),
    "mistral with a window of 3": ({**LLAMA, "model_type": "mistral", "sliding_window": 3}, ""),
    "qwen3 with yarn positions": (
        {**LLAMA, "model_type": "qwen3", "head_dim": 16, "rope_theta": 100.0, "max_position_embeddings": 32,
         "rope_scaling": {"type": "yarn", "factor": 4.0, "beta_fast": 2, "original_max_position_embeddings": 32}},
        "",
    ),
    "llama with yarn positions, not truncated": (
        {**{k: v for k, v in LLAMA.items() if k != "rope_theta"}, "head_dim": 16,
         "rope_parameters": {"rope_type": "yarn", "factor": 2.0, "rope_theta": 50.0, "beta_fast": 3, "beta_slow": 0.5,
                             "attention_factor": 1.25, "truncate": False}},
        "",
    ),
    "qwen2": ({**LLAMA, "model_type": "qwen2", "tie_word_embeddings": True}, ""),
    "qwen3": ({**LLAMA, "model_type": "qwen3", "head_dim": 6}, ""),
    "phi": (
        dict(model_type="phi", vocab_size=11, hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
             num_key_value_heads=1, intermediate_size=20, hidden_act="gelu_new", layer_norm_eps=1e-5,
             rope_theta=100.0, partial_rotary_factor=0.5),
        "",
    ),
    "gptj": (dict(model_type="gptj", vocab_size=11, n_embd=16, n_layer=2, n_head=2, rotary_dim=4), ""),
    "gpt_neox": (NEOX, ""),
    "gpt_neox without parallel residual": ({**NEOX, "use_parallel_residual": False, "rotary_pct": 1.0}, ""),
    "opt": (
        dict(model_type="opt", vocab_size=11, hidden_size=12, num_hidden_layers=2, num_attention_heads=3,
             ffn_dim=20, max_position_embeddings=9),
        "",
    ),
    "bloom": (dict(model_type="bloom", vocab_size=11, hidden_size=12, n_layer=2, n_head=3), "transformer."),
    "gemma2": (
        {**{k: v for k, v in LLAMA.items() if k != "tie_word_embeddings"}, "model_type": "gemma2", "head_dim": 8,
         "query_pre_attn_scalar": 5, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0,
         "sliding_window": 3},
        "",
    ),
    "gemma": (
        {**{k: v for k, v in LLAMA.items() if k != "tie_word_embeddings"}, "model_type": "gemma", "head_dim": 8,
         "num_key_value_heads": 1, "hidden_act": "gelu"},
        "",
    ),
}
