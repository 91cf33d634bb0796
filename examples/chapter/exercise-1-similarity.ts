// Exercise 1: dot product, L2 norms and cosine similarity of two vectors.
import { tensor } from "lintel";
import { vectorNorm } from "lintel/linalg";
import { heading, show } from "./format.js";

const x = tensor([2, -1, 3]);
const y = tensor([1, 4, -2]);
const cosine = x.cosineSimilarity(y).item();

console.log("x = [2, −1, 3], y = [1, 4, −2]");
heading("(1) Dot product");
show("xᵀy", x.dot(y).item());
heading("(2) L2 norms");
show("‖x‖₂", `√${x.square().sum().item()} ≈ ${vectorNorm(x).item().toFixed(3)}`);
show("‖y‖₂", `√${y.square().sum().item()} ≈ ${vectorNorm(y).item().toFixed(3)}`);
heading("(3) Cosine similarity");
show("sim(x, y)", cosine.toFixed(3));
show(
  "angle",
  `${((Math.acos(cosine) * 180) / Math.PI).toFixed(1)}°: they point in somewhat opposite directions`,
);
