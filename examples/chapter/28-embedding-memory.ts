// The embedding layer of GPT-3: its parameters, and the memory of the table and of one batch.
import { input } from "lintel";
import { trace, weightsBytes } from "lintel/cost";
import { Embedding } from "lintel/nn";
import { binaryBytes, bytes, count, heading, show, times } from "./format.js";

// Parameters without data: the table would fill 2.3 GiB.
const embedding = new Embedding(50257, 12288, { device: "abstract" });
const ids = input([32, 2048], { dtype: "int32" });
const single = trace(embedding, [ids]);
const half = trace(new Embedding(50257, 12288, { device: "abstract", dtype: "float16" }), [ids]);

console.log("GPT-3's table of V = 50,257 rows of d = 12,288");
show("E", times(embedding.weight.shape));
show("parameters", count(embedding.parameterCount));
for (const [name, traced] of [
  ["32-bit", single],
  ["16-bit", half],
] as const) {
  const size = weightsBytes(traced);
  show(name, `${count(size)} bytes = ${binaryBytes(size, 2)} = ${bytes(size, 2)}`);
}

const [output] = single.outputs;
const activations = output.storage.bytes.value();
heading("A batch of B = 32 sequences of n = 2048 tokens:");
show("ids", times(ids.shape));
show("embedded", times(output.dims));
show("memory, 32-bit", `${count(activations)} bytes = ${binaryBytes(activations)} = ${bytes(activations)}`);
