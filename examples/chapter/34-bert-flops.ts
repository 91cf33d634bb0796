// FLOPs of BERT-base at n = 512, products only: per part, per layer, forward, and a training step.
import { input } from "lintel";
import { backwardMatmulFlops, trace } from "lintel/cost";
import { buildModel } from "lintel/models";
import { count, flops, heading, percent, show } from "./format.js";

const model = buildModel("textbook-bert", { device: "abstract" });
const { ops, totals } = trace(model, [input(["B", "n"], { dtype: "int32" })]).bind({ B: 1, n: 512 });

/** FLOPs of the products whose place in the model matches. */
const products = (path: RegExp): number[] =>
  ops
    .filter((record) => path.test(record.path) && record.matmulFlops.value() > 0n)
    .map(({ matmulFlops }) => Number(matmulFlops.value()));
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const line = (name: string, value: number): void =>
  show(name, `${flops(value, 2).padEnd(14)} ${count(value)}`);

const projections = sum(products(/layer\.0\.attention\.self\.(query|key|value)$/));
const [scores, context] = products(/layer\.0\.attention\.self$/);
const output = sum(products(/layer\.0\.attention\.output/));
const attention = projections + scores + context + output;
console.log("Self-attention, one layer and one sequence");
line("Q, K, V projections", projections);
line("attention scores QKᵀ", scores);
line("attention output AV", context);
line("output projection", output);
line("subtotal", attention);

const [expand] = products(/layer\.0\.intermediate/);
const [project] = products(/layer\.0\.output/);
heading("Feed-forward network, one layer");
line("expand W₁", expand);
line("project W₂", project);
line("subtotal", expand + project);

const layer = sum(products(/layer\.0\./));
const encoder = sum(products(/^encoder\./));
heading("Totals");
line("per layer", layer);
line("12 layers, forward pass", encoder);
line("training step, 3 × forward", 3 * encoder);
show("feed-forward network", `${percent((expand + project) / layer, 0)} of a layer`);
show("scores and weighted sums", `${percent((scores + context) / layer, 0)} of a layer`);

// Exactly: every product has two products behind it in the backward pass, and the pooler has one of its own.
const backward = Number(backwardMatmulFlops(ops).value());
heading("Traced with the pooler and the backward pass");
line("forward", Number(totals.matmulFlops.value()));
line("forward and backward", Number(totals.matmulFlops.value()) + backward);
line("with element-wise arithmetic, forward", Number(totals.flops.value()));
