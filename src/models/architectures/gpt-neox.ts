import * as z from "zod";
import { activation, flag, parseConfig, real } from "../config/schema.js";
import { spreadRopeParameters } from "../config/rope.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";
import { readRotaryKeys, rotaryKeys } from "./rotary-neox.js";

const schema = z.looseObject({
  ...rotaryKeys,
  hidden_act: activation.default("gelu"),
  rotary_emb_base: z.number().positive().nullish(),
  rotary_pct: z.number().positive().nullish(),
  partial_rotary_factor: real(0.25),
  use_parallel_residual: flag(true),
  attention_bias: flag(true),
});

/** GPT-NeoX and Pythia (Black et al., 2022). */
export const gptNeox: Architecture = {
  modelType: "gpt_neox",
  read: (raw, name) => {
    const keys = parseConfig("gpt_neox", schema, spreadRopeParameters(raw));
    const part =
      typeof keys.rotary_pct === "number"
        ? { key: "rotary_pct", fraction: keys.rotary_pct }
        : { key: "partial_rotary_factor", fraction: keys.partial_rotary_factor };
    const theta = keys.rotary_emb_base ?? keys.rope_theta;
    return neoxConfig(
      { ...readRotaryKeys("gpt_neox", name, keys), rotary: { theta, part, style: "half" } },
      { attentionBias: keys.attention_bias, fusedProjection: true, parallel: keys.use_parallel_residual },
    );
  },
  weights: {
    renames: [
      [/^gpt_neox\.embed_in\./, "model.embed_tokens."],
      [/^gpt_neox\.final_layer_norm\./, "model.final_layernorm."],
      [/^gpt_neox\./, "model."],
      [/^embed_out\./, "lm_head."],
      [/\.attention\./, ".self_attn."],
      [/\.dense_h_to_4h\./, ".fc1."],
      [/\.dense_4h_to_h\./, ".fc2."],
    ],
    ignore: [/\.attention\.(bias|masked_bias)$/, /\.rotary_emb\.inv_freq$/],
  },
};
