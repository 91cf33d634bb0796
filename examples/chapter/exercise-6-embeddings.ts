// Exercise 6: an embedding layer of 32,000 × 512: parameters, memory, a batch, and its LoRA adapter.
import { input } from "lintel";
import { trace, weightsBytes } from "lintel/cost";
import { Embedding, Module } from "lintel/nn";
import { binaryBytes, bytes, count, heading, percent, show, times } from "./format.js";

/** The frozen table plus a learned update of rank r, looked up without ever forming their product. */
class Adapter extends Module {
  readonly rows = new Embedding(32000, 16, { device: "abstract" }); // Aᵀ
  readonly B = input([512, 16]);
  forward(ids: typeof batch) {
    return this.rows.forward(ids).matmul(this.B.transpose());
  }
}

const batch = input([64, 256], { dtype: "int32" });
const embedding = new Embedding(32000, 512, { device: "abstract" });
const traced = trace(embedding, [batch]);

console.log("(1) Parameters");
show("V × d", count(embedding.parameterCount));

heading("(2) Memory, 32-bit floats");
const size = weightsBytes(traced);
show("table", `${count(size)} bytes = ${binaryBytes(size)} = ${bytes(size)}`);

heading("(3) A batch of B = 64 sequences of n = 256");
const [output] = traced.outputs;
const embedded = output.storage.bytes.value();
show("embedded", times(output.dims));
show("memory", `${count(embedded)} bytes = ${binaryBytes(embedded)} = ${bytes(embedded)}`);

heading("(4) LoRA with rank r = 16");
const adapter = new Adapter();
for (const [name, parameter] of adapter.namedParameters())
  show(name, `${times(parameter.shape)} = ${count(parameter.size)}`);
show("trainable parameters", count(adapter.parameterCount));
show("of the table's", percent(adapter.parameterCount / embedding.parameterCount));
show("the update it adds", times(adapter.forward(batch).shape));
