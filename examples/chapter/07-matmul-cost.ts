// A product of m × n and n × p costs 2mnp FLOPs; attention scores cost 2n²·d_k.
import { input, matmul } from "lintel";
import { trace } from "lintel/cost";
import { count, flops, heading, show, times } from "./format.js";

// Sizes may be names. Then tensors have no data, shapes are worked out, and costs are formulas.
const A = input(["m", "n"]);
const B = input(["n", "p"]);
const product = trace(() => matmul(A, B));
console.log("C = A B");
show("shape of C", times(matmul(A, B).shape));
show("FLOPs", product.totals.flops);
show("at m = 2, n = 3, p = 4", product.bind({ m: 2, n: 3, p: 4 }).totals.flops);

const Q = input(["n", "d_k"]);
const K = input(["n", "d_k"]);
const scores = trace(() => Q.matmul(K.transpose()));
heading("Attention scores A = Q Kᵀ");
show("shape of A", times(Q.matmul(K.transpose()).shape));
show("FLOPs", scores.totals.flops);

const cost = (n: number) => scores.bind({ n, d_k: 128 }).totals.flops.value();
heading("One head of GPT-3, n = 2048 tokens and d_k = 128:");
show("FLOPs", `${count(cost(2048))} ≈ ${flops(cost(2048), 2)}`);
heading("Quadratic in the length of the sequence:");
for (const n of [1024, 2048, 4096, 8192]) show(`n = ${n}`, flops(cost(n), 2));
show("twice the length, times", Number(cost(4096)) / Number(cost(2048)));
