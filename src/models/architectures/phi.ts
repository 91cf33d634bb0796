import * as z from "zod";
import { activation, only, optionalSize, parseConfig, real } from "../config/schema.js";
import { spreadRopeParameters } from "../config/rope.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";
import { readRotaryKeys, rotaryKeys } from "./rotary-neox.js";

const schema = z.looseObject({
  ...rotaryKeys,
  hidden_act: activation.default("gelu_new"),
  num_key_value_heads: optionalSize,
  partial_rotary_factor: real(0.5),
  qk_layernorm: only(false),
});

/** Phi-1, 1.5 and 2: attention and MLP side by side behind one norm ("Textbooks Are All You Need II", 2023). */
export const phi: Architecture = {
  modelType: "phi",
  read: (raw, name) => {
    const keys = parseConfig("phi", schema, spreadRopeParameters(raw));
    const part = { key: "partial_rotary_factor", fraction: keys.partial_rotary_factor };
    return neoxConfig(
      {
        ...readRotaryKeys("phi", name, keys),
        keyValueHeads: keys.num_key_value_heads,
        rotary: { theta: keys.rope_theta, part, style: "half" },
      },
      { attentionBias: true, headBias: true, parallel: true, sharedNorm: true },
    );
  },
  weights: { ignore: [/\.rotary_emb\.inv_freq$/] },
};
