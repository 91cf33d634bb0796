// Batched products: multi-head attention multiplies B·h pairs of matrices in one operation.
import { input, randn } from "lintel";
import { trace } from "lintel/cost";
import { vectorNorm } from "lintel/linalg";
import { count, flops, heading, law, show, times } from "./format.js";

const Q = input(["B", "h", "n", "d_k"]);
const K = input(["B", "h", "n", "d_k"]);
const scores = trace(() => Q.matmul(K.transpose(-2, -1)));
console.log("A = Q Kᵀ for every sequence of the batch and every head");
show("Q, K", times(Q.shape));
show("A", times(scores.outputs[0].dims));
show("FLOPs", scores.totals.flops);

const bert = scores.bind({ B: 32, h: 12, n: 512, d_k: 64 });
const cost = bert.totals.flops.value();
heading("B = 32, h = 12, n = 512, d_k = 64:");
show("A", times(bert.outputs[0].dims));
show("FLOPs", `${count(cost)} ≈ ${flops(cost)}`);

// C[b] = A[b] B[b], on data.
const a = randn([4, 5, 6], { seed: 1 });
const b = randn([4, 6, 7], { seed: 2 });
const c = a.matmul(b);
heading(`On data, ${times(a.shape)} by ${times(b.shape)} gives ${times(c.shape)}:`);
for (let i = 0; i < 4; i++) {
  const [whole, single] = [c.select(0, i), a.select(0, i).matmul(b.select(0, i))];
  law(
    `‖C[${i}] − A[${i}] B[${i}]‖ / ‖C[${i}]‖`,
    vectorNorm(whole.sub(single)).item() / vectorNorm(whole).item(),
    6 * 2 ** -23,
  );
}
