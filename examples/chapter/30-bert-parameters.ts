// BERT-base, where its parameters are: per component, per layer, in all, and with a larger vocabulary.
import { buildModel, findPreset } from "lintel/models";
import { count, heading, percent, show } from "./format.js";

// The chapter's BERT: 30,000 words, and attention without biases. Built without data.
const preset = findPreset("textbook-bert");
const model = buildModel(preset, { device: "abstract" });

/** Parameters whose path matches. */
const parameters = (path: RegExp, of = model): number =>
  [...of.namedParameters()].reduce((total, [name, { size }]) => total + (path.test(name) ? size : 0), 0);

const layer = parameters(/^encoder\.layer\.0\./);
console.log("One encoder layer");
show("multi-head attention", count(parameters(/layer\.0\.attention\..*(query|key|value|dense)\./)));
show("feed-forward network", count(parameters(/layer\.0\.(intermediate|output)\.dense\./)));
show("two layer normalisations", count(parameters(/layer\.0\..*LayerNorm\./)));
show("total", count(layer));

const total = model.parameterCount;
heading("The model");
const tokens = parameters(/word_embeddings/);
show("token embeddings", count(tokens));
show("position embeddings", count(parameters(/position_embeddings/)));
show("token type embeddings", count(parameters(/token_type_embeddings/)));
show("embedding layer norm", count(parameters(/^embeddings\.LayerNorm/)));
show(`${model.config.layers} encoder layers`, count(parameters(/^encoder\./)));
show("pooler", count(parameters(/^pooler\./)));
show("total", count(total));

heading("Shares");
show("token embeddings", percent(tokens / total));
show("encoder layers", percent(parameters(/^encoder\./) / total));

const larger = buildModel({ ...preset, vocab_size: 50000 }, { device: "abstract" });
heading("With a vocabulary of 50,000 words");
show("token embeddings", count(parameters(/word_embeddings/, larger)));
show("total", count(larger.parameterCount));
show("share", percent(parameters(/word_embeddings/, larger) / larger.parameterCount));

const published = buildModel("bert-base-uncased", { device: "abstract" });
heading("The published bert-base-uncased has 30,522 words and biases in attention");
show("total", count(published.parameterCount));
show("difference", count(published.parameterCount - total));
