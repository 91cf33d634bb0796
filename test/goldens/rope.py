"""Rotary positions as transformers' modeling_rope_utils computes them, in float64."""

from math import pi

import numpy as np


def frequencies(d, config):
    scaling = config.get("rope_scaling") or config.get("rope_parameters") or {}
    theta = config.get("rope_theta", scaling.get("rope_theta", 10000.0))
    f = 1.0 / theta ** (np.arange(0, d, 2) / d)
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    if kind == "linear":
        return f / scaling["factor"]
    if kind == "llama3":
        low, high, factor = (scaling[k] for k in ("low_freq_factor", "high_freq_factor", "factor"))
        old = scaling["original_max_position_embeddings"]
        wavelength = 2 * pi / f
        smooth = (old / wavelength - low) / (high - low)
        blended = (1 - smooth) * f / factor + smooth * f
        return np.where(wavelength < old / high, f, np.where(wavelength > old / low, f / factor, blended))
    if kind == "yarn":
        old = scaling.get("original_max_position_embeddings", config["max_position_embeddings"])
        fast, slow = (d * np.log(old / (2 * pi * scaling.get(k, b))) / (2 * np.log(theta))
                      for k, b in (("beta_fast", 32), ("beta_slow", 1)))
        if scaling.get("truncate", True):
            fast, slow = np.floor(fast), np.ceil(slow)
        fast, slow = max(fast, 0), min(slow, d - 1)
        stretched = np.clip((np.arange(d // 2) - fast) / (slow - fast or 0.001), 0, 1)
        return f / scaling["factor"] * stretched + f * (1 - stretched)
    return f


def rotated_size(config):
    """By what YaRN multiplies the cosines and sines."""
    scaling = config.get("rope_scaling") or config.get("rope_parameters") or {}
    if scaling.get("rope_type", scaling.get("type")) != "yarn":
        return 1.0
    return scaling.get("attention_factor", 0.1 * np.log(scaling["factor"]) + 1)


def rotate(x, f):
    """Pairs are i and i + d/2."""
    angle = np.arange(x.shape[2])[:, None] * f[None, :]
    cos, sin = np.cos(angle), np.sin(angle)
    a, b = np.split(x, 2, axis=-1)
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)
