// Norms of vectors and matrices, and the penalties that regularise weights with them.
import { matmul, randn, tensor } from "lintel";
import { matrixNorm, trace, vectorNorm } from "lintel/linalg";
import { Linear } from "lintel/nn";
import { heading, law, show, times } from "./format.js";

const x = tensor([3, 4]);
console.log("x = [3, 4]");
show("L1, Σ|x|", vectorNorm(x, { ord: 1 }).item());
show("L2, √Σx²", vectorNorm(x).item());
show("L∞, max|x|", vectorNorm(x, { ord: Infinity }).item());

const W = randn([256, 784], { seed: 1 });
const frobenius = matrixNorm(W).item();
const byTrace = Math.sqrt(trace(matmul(W.transpose(), W)).item());
heading(`Frobenius norm of a random W, ${times(W.shape)}`);
show("√Σw²", frobenius.toFixed(3));
show("√tr(WᵀW)", byTrace.toFixed(3));
law("relative difference", Math.abs(frobenius - byTrace) / frobenius, 784 * 2 ** -23);
show("expected of N(0,1), √(256·784)", Math.sqrt(W.size).toFixed(3));

const layer = new Linear(784, 256, { seed: 2 });
const decay = 0.01;
const squares = layer.weight.square().sum().item();
const magnitudes = vectorNorm(layer.weight, { ord: 1 }).item();
heading("Penalties added to the loss of a layer, with λ = 0.01:");
show("weight decay, λ/2 · ‖W‖²", ((decay / 2) * squares).toFixed(4));
show("L1, λ · Σ|w|", (decay * magnitudes).toFixed(4));

// One step of size η on the penalty alone. The gradients are λW and λ·sign(W).
const eta = 1;
const decayed = layer.weight.sub(layer.weight.mul(eta * decay));
const shrunk = layer.weight
  .abs()
  .sub(eta * decay)
  .relu()
  .mul(layer.weight.sign());
const zeroShare = (w: typeof layer.weight) => w.eq(0).cast("float32").mean().item();
heading("One step on the penalty alone: L2 scales every weight, L1 makes small ones zero.");
show("‖W‖ after weight decay", `× ${(matrixNorm(decayed).item() / Math.sqrt(squares)).toFixed(4)}`);
show("zero weights after weight decay", `${(100 * zeroShare(decayed)).toFixed(1)} %`);
show("zero weights after L1", `${(100 * zeroShare(shrunk)).toFixed(1)} %`);
