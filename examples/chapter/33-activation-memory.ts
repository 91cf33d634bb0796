// Activation memory of one layer of BERT-base: the chapter's table, recomputed from the traced module.
import { input } from "lintel";
import { activationBytes, trace } from "lintel/cost";
import { buildModel } from "lintel/models";
import { bytes, count, heading, percent, show } from "./format.js";

const model = buildModel("textbook-bert", { device: "abstract" });
const formulas = trace(model, [input(["B", "n"], { dtype: "int32" })]);
const traced = formulas.bind({ B: 32, n: 512 });

/** Bytes that ops of one module of layer 0 write. */
function written(module: string, op: string, nth = 0, of = traced): number {
  const made = of.records.filter((record) => record.path === `encoder.layer.0.${module}` && record.op === op);
  return Number(made[nth].outputs[0].storage.bytes.value());
}

const projections = ["query", "key", "value"].map((name) => written(`attention.self.${name}`, "linear"));
const scores = written("attention.self", "matmul", 0);
const rows = {
  "Q, K, V projections (3 × Bnd)": projections.reduce((a, b) => a + b),
  "attention scores (Bhn²)": scores,
  "attention output (Bnd)": written("attention.self", "matmul", 1),
  "FFN intermediate (Bn·4d)": written("intermediate.dense", "linear"),
};
const layer = Object.values(rows).reduce((a, b) => a + b);

console.log("The chapter's components, B = 32 and n = 512, 4 bytes per element");
for (const [name, size] of Object.entries(rows)) show(name, `${bytes(size)} (${count(size)} bytes)`);
show("per layer", bytes(layer));
show("12 layers", bytes(12 * layer, 2));
show("share of the scores", percent(scores / layer, 0));
const doubled = formulas.bind({ B: 32, n: 1024 });
show("scores at n = 1024", bytes(written("attention.self", "matmul", 0, doubled), 2));

// A training step keeps more: whatever the derivative of an op is written in.
const kept = activationBytes(formulas);
const inFull = Number(kept.substitute({ B: 32, n: 512 }).value());
heading("Everything that the backward pass of the whole model reads:");
show("bytes", kept.toCanonicalString());
show("B = 32, n = 512", bytes(inFull, 2));
show("times the table's 12 layers", (inFull / (12 * layer)).toFixed(2));

const fused = trace(buildModel("textbook-bert", { device: "abstract", attention: "fused" }), [
  input(["B", "n"], { dtype: "int32" }),
]);
heading("Fused attention never stores the scores:");
show("bytes", activationBytes(fused).toCanonicalString());
show("B = 32, n = 512", bytes(activationBytes(fused).substitute({ B: 32, n: 512 }).value(), 2));
