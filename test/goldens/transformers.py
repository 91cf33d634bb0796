"""Forward passes of small transformers in NumPy float64, written from the papers and Hugging Face's definitions.

Independent of Lintel. Weights follow from a formula that the tests repeat, so that only names, shapes, ids and
outputs are stored:  python3 test/goldens/transformers.py && npx prettier --write test/goldens
"""

import json
from math import erf, pi, sqrt
from pathlib import Path

import numpy as np

from rope import frequencies, rotate, rotated_size
from transformer_configs import CASES


def values(index, name, shape):
    """The tensor number `index`: a hash of the position in (-0.25, 0.25), around 1 for the scales of norms."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    x = ((i * 7919 + index * 104729 + i // 13 * 31) % 1009) / 2018 - 0.25
    if len(shape) == 1 and name.endswith("weight"):
        x = x + 1
    return x.astype(np.float32).astype(np.float64).reshape(shape)


# ---- pieces ----


def gelu(x):
    return x * 0.5 * (1 + np.vectorize(erf)(x / sqrt(2)))


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))


def silu(x):
    return x / (1 + np.exp(-x))


ACTIVATIONS = {"gelu": gelu, "gelu_new": gelu_tanh, "gelu_pytorch_tanh": gelu_tanh, "silu": silu}


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def layer_norm(x, w, b, eps):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + eps) * w + b


def rms_norm(x, w, eps):
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + eps) * w


def heads(x, h):
    b, n, d = x.shape
    return x.reshape(b, n, h, d // h).transpose(0, 2, 1, 3)


def merge(x):
    b, h, n, d = x.shape
    return x.transpose(0, 2, 1, 3).reshape(b, n, h * d)


def attention(q, k, v, scale, visible=None, cap=None, bias=None):
    k, v = (np.repeat(t, q.shape[1] // t.shape[1], axis=1) for t in (k, v))
    scores = q @ k.transpose(0, 1, 3, 2) * scale
    if bias is not None:
        scores = scores + bias
    if cap is not None:
        scores = np.tanh(scores / cap) * cap
    if visible is not None:
        scores = np.where(visible, scores, -np.inf)
    return merge(softmax(scores) @ v)


def causal(n, window=None):
    i, j = np.arange(n)[:, None], np.arange(n)[None, :]
    return (j <= i) & (j > i - (window or n + 1))


# ---- families ----


class Weights:
    """Makes tensors as they are asked for and remembers names and shapes."""

    def __init__(self, prefix=""):
        self.prefix, self.made = prefix, {}

    def __call__(self, name, *shape):
        name = self.prefix + name
        if name not in self.made:
            self.made[name] = values(len(self.made), name, shape)
        return self.made[name]

    def linear(self, x, name, out, bias=True):
        y = x @ self(name + ".weight", out, x.shape[-1]).T
        return y + self(name + ".bias", out) if bias else y

    def conv1d(self, x, name, out):
        return x @ self(name + ".weight", x.shape[-1], out) + self(name + ".bias", out)

    def layer_norm(self, x, name, eps):
        d = x.shape[-1]
        return layer_norm(x, self(name + ".weight", d), self(name + ".bias", d), eps)


def bert(c, ids, w):
    first = 2 if c["model_type"] == "roberta" else 0
    d, h, eps, bias = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"], c.get("attention_bias", True)
    x = w("embeddings.word_embeddings.weight", c["vocab_size"], d)[ids]
    x = x + w("embeddings.position_embeddings.weight", c["max_position_embeddings"], d)[first : first + ids.shape[1]]
    x = x + w("embeddings.token_type_embeddings.weight", c["type_vocab_size"], d)[0]
    x = w.layer_norm(x, "embeddings.LayerNorm", eps)
    for i in range(c["num_hidden_layers"]):
        p = f"encoder.layer.{i}."
        q, k, v = (heads(w.linear(x, f"{p}attention.self.{n}", d, bias), h) for n in ("query", "key", "value"))
        a = attention(q, k, v, 1 / sqrt(d // h))
        a = w.linear(a, p + "attention.output.dense", d, bias)
        x = w.layer_norm(a + x, p + "attention.output.LayerNorm", eps)
        y = ACTIVATIONS[c["hidden_act"]](w.linear(x, p + "intermediate.dense", c["intermediate_size"]))
        x = w.layer_norm(w.linear(y, p + "output.dense", d) + x, p + "output.LayerNorm", eps)
    return {"output": x, "pooled": np.tanh(w.linear(x[:, 0], "pooler.dense", d))}


def distilbert(c, ids, w):
    d, h, eps = c["dim"], c["n_heads"], 1e-12
    x = w("embeddings.word_embeddings.weight", c["vocab_size"], d)[ids]
    x = x + w("embeddings.position_embeddings.weight", c["max_position_embeddings"], d)[: ids.shape[1]]
    x = w.layer_norm(x, "embeddings.LayerNorm", eps)
    for i in range(c["n_layers"]):
        p = f"transformer.layer.{i}."
        q, k, v = (heads(w.linear(x, f"{p}attention.{n}_lin", d), h) for n in "qkv")
        a = w.linear(attention(q, k, v, 1 / sqrt(d // h)), p + "attention.out_lin", d)
        x = w.layer_norm(a + x, p + "sa_layer_norm", eps)
        y = w.linear(gelu(w.linear(x, p + "ffn.lin1", c["hidden_dim"])), p + "ffn.lin2", d)
        x = w.layer_norm(y + x, p + "output_layer_norm", eps)
    return {"output": x}


def gpt2(c, ids, w):
    d, h, n, eps = c["n_embd"], c["n_head"], ids.shape[1], c["layer_norm_epsilon"]
    table = w("wte.weight", c["vocab_size"], d)
    x = table[ids] + w("wpe.weight", c["n_positions"], d)[:n]
    for i in range(c["n_layer"]):
        p = f"h.{i}."
        qkv = w.conv1d(w.layer_norm(x, p + "ln_1", eps), p + "attn.c_attn", 3 * d)
        q, k, v = (heads(t, h) for t in np.split(qkv, 3, axis=-1))
        scale = 1 / sqrt(d // h) / (i + 1 if c.get("scale_attn_by_inverse_layer_idx") else 1)
        x = x + w.conv1d(attention(q, k, v, scale, causal(n)), p + "attn.c_proj", d)
        y = w.conv1d(w.layer_norm(x, p + "ln_2", eps), p + "mlp.c_fc", c.get("n_inner") or 4 * d)
        x = x + w.conv1d(ACTIVATIONS[c["activation_function"]](y), p + "mlp.c_proj", d)
    return {"output": w.layer_norm(x, "ln_f", eps) @ table.T}


def llama(c, ids, w):
    kind, eps, n = c["model_type"], c["rms_norm_eps"], ids.shape[1]
    d, h = c["hidden_size"], c["num_attention_heads"]
    g, size = c.get("num_key_value_heads", h), c.get("head_dim", d // h)
    gemma = kind in ("gemma", "gemma2")
    qkv_bias = kind == "qwen2" or c.get("attention_bias", False)
    out_bias = c.get("attention_bias", False)
    mlp_bias = c.get("mlp_bias", False)
    act = ACTIVATIONS["gelu_pytorch_tanh" if gemma else c["hidden_act"]]
    f = frequencies(size, c)

    def norm(x, name):
        scale = w(name + ".weight", x.shape[-1])
        return rms_norm(x, 1 + scale if gemma else scale, eps)

    table = w("model.embed_tokens.weight", c["vocab_size"], d)
    x = table[ids] * (sqrt(d) if gemma else 1)
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        y = norm(x, p + "input_layernorm")
        q = heads(w.linear(y, p + "self_attn.q_proj", h * size, qkv_bias), h)
        k = heads(w.linear(y, p + "self_attn.k_proj", g * size, qkv_bias), g)
        v = heads(w.linear(y, p + "self_attn.v_proj", g * size, qkv_bias), g)
        if kind == "qwen3":
            q, k = norm(q, p + "self_attn.q_norm"), norm(k, p + "self_attn.k_norm")
        slides = kind == "mistral" or (kind == "gemma2" and i % 2 == 0)
        visible = causal(n, c.get("sliding_window") if slides else None)
        scale = 1 / sqrt(c.get("query_pre_attn_scalar", size))
        grown = rotated_size(c)
        a = attention(rotate(q, f) * grown, rotate(k, f) * grown, v, scale, visible, c.get("attn_logit_softcapping"))
        a = w.linear(a, p + "self_attn.o_proj", d, out_bias)
        if kind == "gemma2":
            x = x + norm(a, p + "post_attention_layernorm")
            y = norm(x, p + "pre_feedforward_layernorm")
        else:
            x = x + a
            y = norm(x, p + "post_attention_layernorm")
        gate = act(w.linear(y, p + "mlp.gate_proj", c["intermediate_size"], mlp_bias))
        up = w.linear(y, p + "mlp.up_proj", c["intermediate_size"], mlp_bias)
        y = w.linear(gate * up, p + "mlp.down_proj", d, mlp_bias)
        x = x + (norm(y, p + "post_feedforward_layernorm") if kind == "gemma2" else y)
    x = norm(x, "model.norm")
    head = table if c.get("tie_word_embeddings", gemma) else w("lm_head.weight", c["vocab_size"], d)
    logits = x @ head.T
    cap = c.get("final_logit_softcapping")
    return {"output": np.tanh(logits / cap) * cap if cap else logits}


def rotate_first(x, size, theta, interleaved=False):
    """The first `size` elements of every head turn; neighbouring pairs when interleaved."""
    f = 1.0 / theta ** (np.arange(0, size, 2) / size)
    head, tail = x[..., :size], x[..., size:]
    if not interleaved:
        return np.concatenate([rotate(head, f), tail], axis=-1)
    angle = np.arange(x.shape[2])[:, None] * f[None, :]
    turned = np.empty_like(head)
    turned[..., ::2] = head[..., ::2] * np.cos(angle) - head[..., 1::2] * np.sin(angle)
    turned[..., 1::2] = head[..., 1::2] * np.cos(angle) + head[..., ::2] * np.sin(angle)
    return np.concatenate([turned, tail], axis=-1)


def phi(c, ids, w):
    d, h, eps = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"]
    g, size = c.get("num_key_value_heads", h), d // h
    part = int(size * c["partial_rotary_factor"])
    x = w("model.embed_tokens.weight", c["vocab_size"], d)[ids]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        y = w.layer_norm(x, p + "input_layernorm", eps)
        q = rotate_first(heads(w.linear(y, p + "self_attn.q_proj", d), h), part, c["rope_theta"])
        k = rotate_first(heads(w.linear(y, p + "self_attn.k_proj", g * size), g), part, c["rope_theta"])
        v = heads(w.linear(y, p + "self_attn.v_proj", g * size), g)
        a = w.linear(attention(q, k, v, 1 / sqrt(size), causal(ids.shape[1])), p + "self_attn.dense", d)
        m = w.linear(gelu_tanh(w.linear(y, p + "mlp.fc1", c["intermediate_size"])), p + "mlp.fc2", d)
        x = x + a + m
    return {"output": w.linear(w.layer_norm(x, "model.final_layernorm", eps), "lm_head", c["vocab_size"])}


def gptj(c, ids, w):
    d, h, eps, n = c["n_embd"], c["n_head"], 1e-5, ids.shape[1]
    x = w("transformer.wte.weight", c["vocab_size"], d)[ids]
    for i in range(c["n_layer"]):
        p = f"transformer.h.{i}."
        y = w.layer_norm(x, p + "ln_1", eps)
        q, k, v = (heads(w.linear(y, f"{p}attn.{name}_proj", d, False), h) for name in "qkv")
        q, k = (rotate_first(t, c["rotary_dim"], 10000.0, interleaved=True) for t in (q, k))
        a = w.linear(attention(q, k, v, 1 / sqrt(d // h), causal(n)), p + "attn.out_proj", d, False)
        m = w.linear(gelu_tanh(w.linear(y, p + "mlp.fc_in", 4 * d)), p + "mlp.fc_out", d)
        x = x + a + m
    return {"output": w.linear(w.layer_norm(x, "transformer.ln_f", eps), "lm_head", c["vocab_size"])}


def fused_heads(x, h):
    """[B, n, h * 3 * d], q, k and v of each head side by side, to three [B, h, n, d]."""
    b, n, width = x.shape
    parts = x.reshape(b, n, h, 3, width // h // 3)
    return (parts[:, :, :, j].transpose(0, 2, 1, 3) for j in range(3))


def gpt_neox(c, ids, w):
    d, h, eps, n = c["hidden_size"], c["num_attention_heads"], c["layer_norm_eps"], ids.shape[1]
    part = int(d // h * c["rotary_pct"])
    x = w("gpt_neox.embed_in.weight", c["vocab_size"], d)[ids]
    for i in range(c["num_hidden_layers"]):
        p = f"gpt_neox.layers.{i}."
        y = w.layer_norm(x, p + "input_layernorm", eps)
        q, k, v = fused_heads(w.linear(y, p + "attention.query_key_value", 3 * d), h)
        q, k = (rotate_first(t, part, c["rotary_emb_base"]) for t in (q, k))
        a = w.linear(attention(q, k, v, 1 / sqrt(d // h), causal(n)), p + "attention.dense", d)
        y = w.layer_norm(x if c["use_parallel_residual"] else x + a, p + "post_attention_layernorm", eps)
        y = gelu(w.linear(y, p + "mlp.dense_h_to_4h", c["intermediate_size"]))
        x = x + a + w.linear(y, p + "mlp.dense_4h_to_h", d)
    x = w.layer_norm(x, "gpt_neox.final_layer_norm", eps)
    return {"output": x @ w("embed_out.weight", c["vocab_size"], d).T}


def bloom(c, ids, w):
    d, h, eps, n = c["hidden_size"], c["n_head"], 1e-5, ids.shape[1]
    even = 2 ** int(np.log2(h))
    slopes = [2 ** (-8 * (i + 1) / even) for i in range(even)]
    slopes += [2 ** (-4 * (2 * i + 1) / even) for i in range(h - even)]
    distance = np.arange(n)[None, :] - np.arange(n)[:, None]
    alibi = np.array(slopes)[:, None, None] * distance
    table = w("word_embeddings.weight", c["vocab_size"], d)
    x = w.layer_norm(table[ids], "word_embeddings_layernorm", eps)
    for i in range(c["n_layer"]):
        p = f"h.{i}."
        y = w.layer_norm(x, p + "input_layernorm", eps)
        q, k, v = fused_heads(w.linear(y, p + "self_attention.query_key_value", 3 * d), h)
        a = attention(q, k, v, 1 / sqrt(d // h), causal(n), bias=alibi)
        x = x + w.linear(a, p + "self_attention.dense", d)
        y = w.layer_norm(x, p + "post_attention_layernorm", eps)
        y = gelu_tanh(w.linear(y, p + "mlp.dense_h_to_4h", 4 * d))
        x = x + w.linear(y, p + "mlp.dense_4h_to_h", d)
    return {"output": w.layer_norm(x, "ln_f", eps) @ table.T}


def opt(c, ids, w):
    d, h, n = c["hidden_size"], c["num_attention_heads"], ids.shape[1]
    table = w("model.decoder.embed_tokens.weight", c["vocab_size"], d)
    positions = w("model.decoder.embed_positions.weight", c["max_position_embeddings"] + 2, d)
    x = table[ids] + positions[2 : 2 + n]
    for i in range(c["num_hidden_layers"]):
        p = f"model.decoder.layers.{i}."
        y = w.layer_norm(x, p + "self_attn_layer_norm", 1e-5)
        q, k, v = (heads(w.linear(y, f"{p}self_attn.{name}_proj", d), h) for name in "qkv")
        a = attention(q, k, v, 1 / sqrt(d // h), causal(n))
        x = x + w.linear(a, p + "self_attn.out_proj", d)
        y = w.layer_norm(x, p + "final_layer_norm", 1e-5)
        x = x + w.linear(np.maximum(w.linear(y, p + "fc1", c["ffn_dim"]), 0), p + "fc2", d)
    return {"output": w.layer_norm(x, "model.decoder.final_layer_norm", 1e-5) @ table.T}


FORWARD = {
    "bert": bert, "roberta": bert, "distilbert": distilbert, "gpt2": gpt2,
    "phi": phi, "gptj": gptj, "gpt_neox": gpt_neox, "bloom": bloom, "opt": opt,
}


def golden(config, prefix):
    w = Weights(prefix)
    kind = config["model_type"]
    vocabulary = config["vocab_size"]
    ids = (np.arange(10).reshape(2, 5) * 5 + 3) % vocabulary
    outputs = FORWARD.get(kind, llama)(config, ids, w)
    return {
        "config": config,
        "ids": ids.tolist(),
        "tensors": {name: list(t.shape) for name, t in w.made.items()},
        **{name: [float(f"{v:.8g}") for v in out.ravel()] for name, out in outputs.items()},
    }


if __name__ == "__main__":
    target = Path(__file__).with_name("transformers.json")
    cases = [f"{json.dumps(name)}: {json.dumps(golden(*case))}" for name, case in CASES.items()]
    target.write_text("{\n" + ",\n".join(cases) + "\n}\n")
