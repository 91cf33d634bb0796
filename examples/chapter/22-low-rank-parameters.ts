// A rank-k factorisation W ≈ W₁W₂ of a 512 × 2048 layer: parameters and memory saved.
import { input, Polynomial } from "lintel";
import { trace } from "lintel/cost";
import { binaryBytes, count, heading, percent, show } from "./format.js";

const x = input(["tokens", 512]);
const W = input([512, 2048]);
const W1 = input([512, "k"]); // U_k Σ_k
const W2 = input(["k", 2048]); // V_kᵀ

const parameters = Polynomial.product(...W1.dims).plus(Polynomial.product(...W2.dims));
const kept = (k: number) => Number(parameters.substitute({ k }).value());
console.log("Parameters");
show("W", count(W.size));
show("W₁ and W₂", `${parameters} = ${parameters.toCanonicalString()}`);
show("compression ratio", `k / ${W.size / kept(1)}`);

heading("Saved:");
for (const k of [64, 128]) show(`k = ${k}`, `${count(kept(k))} left, ${percent(1 - kept(k) / W.size)} saved`);

const [full, small] = [W.size * 4, kept(64) * 4];
heading("Memory with 32-bit floats, k = 64:");
show("W", `${count(full)} bytes = ${binaryBytes(full)}`);
show("W₁ and W₂", `${count(small)} bytes = ${binaryBytes(small, 3)}`);
show("saved per layer", binaryBytes(full - small, 3));
show("saved in 100 layers", binaryBytes(100 * (full - small)));

heading("The product with x gets cheaper by the same factor:");
show("FLOPs, xW", trace(() => x.matmul(W)).totals.flops);
show("FLOPs, (xW₁)W₂", trace(() => x.matmul(W1).matmul(W2)).totals.flops);
