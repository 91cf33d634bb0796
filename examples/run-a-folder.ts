// Runs a transformer from a folder with config.json and safetensors, which this program makes itself.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tensor } from "lintel";
import { openCheckpoint, writeSafetensors } from "lintel/formats";
import { buildModel, generate, loadModel } from "lintel/models";

// A Llama with random weights, laid out as Hugging Face does.
const config = {
  model_type: "llama",
  vocab_size: 64,
  hidden_size: 32,
  intermediate_size: 88,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 128,
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
};
const folder = await mkdtemp(join(tmpdir(), "lintel-example-"));
const made = buildModel(config, { seed: 7 });
await writeFile(join(folder, "config.json"), JSON.stringify(config));
await writeSafetensors(join(folder, "model.safetensors"), Object.fromEntries(made.namedParameters()));

const checkpoint = await openCheckpoint(folder);
console.log(`${checkpoint.names.length} tensors on disk, for example`);
for (const name of checkpoint.names.slice(0, 3)) {
  const { dtype, shape } = checkpoint.info(name);
  console.log(`  ${name.padEnd(42)} ${dtype} [${shape.join(", ")}]`);
}
await checkpoint.close();

// From here on it is any folder: a path, two lines, logits.
const model = await loadModel(folder);
const ids = tensor([[1, 40, 3]], { dtype: "int32" });
const logits = model.forward(ids);
console.log(`\n${model.parameterCount.toLocaleString("en-US")} parameters`);
console.log(`ids [${ids.shape.join(", ")}] → logits [${logits.sizes.join(", ")}]`);

const last = logits.select(0, 0).select(0, -1);
console.log(
  `likeliest next token: ${last.argmax().item()}, probability ${last.softmax().max().item().toFixed(3)}`,
);

const next = await generate(model, [1, 40, 3], { maxNewTokens: 8 });
console.log(`eight more: ${next.join(", ")}`);
await rm(folder, { recursive: true });
