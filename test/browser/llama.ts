// A model that the browser and Node build alike: same config, same seed.
import { tensor } from "lintel";
import { buildModel } from "lintel/models";

export const config = {
  model_type: "llama",
  hidden_size: 24,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 40,
  vocab_size: 31,
};
export const ids = [3, 14, 15, 9, 26, 5];

/** Logits of one forward pass over `ids`, [1, n, V]. */
export function runLlama(): { shape: number[]; logits: number[] } {
  const model = buildModel(config, { seed: 7 });
  const logits = model.forward(tensor([ids], { dtype: "int32" }));
  return { shape: [...logits.sizes], logits: Array.from(logits.dataSync() as Float32Array) };
}
