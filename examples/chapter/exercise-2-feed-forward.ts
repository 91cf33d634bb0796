// Exercise 2: parameters, input shape and FLOPs of a feed-forward network 768 → 3072 → 768.
import { input } from "lintel";
import { trace } from "lintel/cost";
import { Linear, Module } from "lintel/nn";
import { count, flops, heading, show, times } from "./format.js";

class FeedForward extends Module {
  readonly first = new Linear(768, 3072, { device: "abstract" });
  readonly second = new Linear(3072, 768, { device: "abstract" });
  forward(x: typeof X) {
    return this.second.forward(this.first.forward(x).gelu());
  }
}

const X = input([32, 512, 768]);
const network = new FeedForward();
const { totals } = trace(network, [X]);

console.log("(1) Parameters");
for (const [name, layer] of network.children()) {
  const [weight, bias] = [...layer.namedParameters()].map(([, { size }]) => size);
  show(`${name} transformation`, `${count(weight)} weights + ${count(bias)} biases`);
}
const weights = network.first.weight.size + network.second.weight.size;
show("total", `${count(network.parameterCount)}, of which ${count(weights)} weights`);

heading("(2) Input, B = 32 sequences of n = 512");
show("X", times(X.shape));

heading("(3) FLOPs of one forward pass");
show("products", `${count(totals.matmulFlops.value())} ≈ ${flops(totals.matmulFlops.value())}`);
show("with biases and GELU", `${count(totals.flops.value())} ≈ ${flops(totals.flops.value())}`);
