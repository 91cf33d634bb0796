// The forward pass of a 3 → 2 layer on concrete numbers, step by step and as one layer.
import { tensor } from "lintel";
import { Linear } from "lintel/nn";
import { heading, show, values } from "./format.js";

const W = tensor([
  [0.5, -0.3, 0.8],
  [0.2, 0.6, -0.4],
]);
const b = tensor([0.1, -0.2]);
const x = tensor([1, 2, -0.5]);

const Wx = W.matmul(x);
console.log("Step by step:");
show("Wx", values(Wx));
show("h = Wx + b", values(Wx.add(b)));

const layer = new Linear(3, 2);
layer.setParameter("weight", W);
layer.setParameter("bias", b);
heading("As a layer:");
show("layer.forward(x)", values(layer.forward(x)));
