// A fully connected layer 784 → 256, h = Wx + b: its shapes and its parameters.
import { randn } from "lintel";
import { Linear } from "lintel/nn";
import { count, heading, show, times } from "./format.js";

const layer = new Linear(784, 256);
const x = randn([784], { seed: 1 });
const h = layer.forward(x);

console.log("h = W x + b");
show("x", times(x.shape));
show("W", times(layer.weight.shape));
show("b", times(layer.bias!.shape));
show("h", times(h.shape));

heading("Trainable parameters:");
show("weights", count(layer.weight.size));
show("biases", count(layer.bias!.size));
show("total", count(layer.parameterCount));

heading("A batch of 64 images goes through the same parameters at once:");
const batch = randn([64, 784], { seed: 2 });
show(times(batch.shape), `→ ${times(layer.forward(batch).shape)}`);
