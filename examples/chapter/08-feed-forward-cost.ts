// The feed-forward network of a transformer costs 4·B·n·d_model·d_ff FLOPs.
import { input, linear } from "lintel";
import { trace } from "lintel/cost";
import { count, flops, heading, show, times } from "./format.js";

const X = input(["B", "n", "d_model"]);
const W1 = input(["d_ff", "d_model"]);
const b1 = input(["d_ff"]);
const W2 = input(["d_model", "d_ff"]);
const b2 = input(["d_model"]);

const network = trace(() => linear(linear(X, W1, b1), W2, b2));
const [first, second] = network.ops;
console.log("h = W₁ x + b₁,  y = W₂ h + b₂");
show("h", times(first.outputs[0].dims));
show("y", times(second.outputs[0].dims));

heading("FLOPs of the products:");
show("first transformation", first.matmulFlops);
show("second transformation", second.matmulFlops);
show("total", network.totals.matmulFlops.toCanonicalString());

const bert = network.bind({ B: 32, n: 512, d_model: 768, d_ff: 3072 });
const total = bert.totals.matmulFlops.value();
heading("BERT-base, B = 32 sequences of n = 512 tokens:");
show("FLOPs of the products", `${count(total)} ≈ ${flops(total)}`);
show("with the biases", count(bert.totals.flops.value()));
