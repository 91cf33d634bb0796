// The training memory of BERT-base: weights, gradients, Adam's moments, activations, with and without checkpointing.
import { input } from "lintel";
import { recomputedFlops, trace, trainingMemory } from "lintel/cost";
import { buildModel } from "lintel/models";
import { bytes, count, heading, percent, show } from "./format.js";

const model = buildModel("textbook-bert", { device: "abstract" });
const traced = trace(model, [input(["B", "n"], { dtype: "int32" })]).bind({ B: 32, n: 512 });

const budget = trainingMemory(traced);
console.log(`${count(model.parameterCount)} parameters, B = 32 and n = 512, 4 bytes per number`);
show("parameters", bytes(budget.weightsBytes));
show("gradients", bytes(budget.gradientsBytes));
show("Adam's two moments", bytes(budget.optimizerBytes));
show("activations kept for backward", bytes(budget.activationsBytes, 2));
show("gradients of activations in flight", bytes(budget.workspaceBytes, 2));
show("total", bytes(budget.totalBytes, 2));
show("share of the activations", percent(budget.activationsBytes / budget.totalBytes, 0));

const lean = trainingMemory(traced, { checkpointing: true });
const again = Number(recomputedFlops(traced).value());
heading("Gradient checkpointing keeps what enters each layer and computes the rest again:");
show("activations kept", bytes(lean.activationsBytes, 2));
show("total", bytes(lean.totalBytes, 2));
show("memory saved", percent(1 - lean.totalBytes / budget.totalBytes, 0));
show("more arithmetic in a training step", percent(again / (3 * Number(traced.totals.flops.value())), 0));
