// A rank-k factorisation W ≈ W₁W₂ of a 512 × 2048 layer: parameters and memory saved.
import { input } from "lintel";
import { bytesOfStorages, trace } from "lintel/cost";
import { Module } from "lintel/nn";
import { binaryBytes, count, heading, percent, show } from "./format.js";

class Dense extends Module {
  readonly W = input([512, 2048]);
  forward = () => input(["n", 512]).matmul(this.W);
}

class Factored extends Module {
  readonly W1 = input([512, "k"]); // U_k Σ_k
  readonly W2 = input(["k", 2048]); // V_kᵀ
  forward = () => input(["n", 512]).matmul(this.W1).matmul(this.W2);
}

const dense = trace(new Dense());
const factored = trace(new Factored());
const parameters = bytesOfStorages(factored.parameters.map(({ storage }) => storage)).dividedExactlyBy(4)!;

console.log("Parameters");
show("W", count(dense.parameterCount));
show("W₁ and W₂", parameters.toCanonicalString());
show("compression ratio", `k / ${dense.parameterCount / factored.bind({ k: 1 }).parameterCount}`);

heading("Saved:");
const kept = (k: number) => factored.bind({ k }).parameterCount;
for (const k of [64, 128]) show(`k = ${k}`, `${count(kept(k))} left, ${percent(1 - kept(k) / dense.parameterCount)} saved`);

const [full, small] = [dense.parameterCount * 4, kept(64) * 4];
heading("Memory with 32-bit floats, k = 64:");
show("W", `${count(full)} bytes = ${binaryBytes(full)}`);
show("W₁ and W₂", `${count(small)} bytes = ${binaryBytes(small, 3)}`);
show("saved per layer", binaryBytes(full - small, 3));
show("saved in 100 layers", binaryBytes(100 * (full - small)));

const work = (traced: typeof dense) => traced.bind({ n: 1, k: 64 }).totals.flops.value();
heading("The product with x gets cheaper by the same factor:");
show("FLOPs per token", `${count(work(dense))} → ${count(work(factored))}`);
