// Dot product, angle and cosine similarity, and how attention turns them into weights.
import { tensor } from "lintel";
import { vectorNorm } from "lintel/linalg";
import { heading, show, values } from "./format.js";

const q = tensor([0.5, 0.8, 0.3]);
const keys = tensor([
  [0.6, 0.7, 0.2],
  [-0.3, 0.1, 0.9],
]);

console.log("Scores of a query against two keys:");
for (const i of [0, 1]) {
  const k = keys.select(0, i);
  show(`qᵀk${i + 1}`, q.dot(k).item().toFixed(2));
}

heading("Cosine similarity: the same, whatever the lengths of the vectors.");
for (const i of [0, 1]) {
  const k = keys.select(0, i);
  const cosine = q.cosineSimilarity(k).item();
  const lengths = vectorNorm(q).item() * vectorNorm(k).item();
  const degrees = (Math.acos(cosine) * 180) / Math.PI;
  show(`cos(q, k${i + 1})`, `${cosine.toFixed(3)}, an angle of ${degrees.toFixed(1)}°`);
  show(`‖q‖ ‖k${i + 1}‖ cos θ`, (lengths * cosine).toFixed(2));
}

const scores = keys.matmul(q);
heading("Attention: softmax turns scores into weights.");
show("scores", values(scores));
show("weights", values(scores.softmax()));
show("weights, scores divided by √d_k", values(scores.div(Math.sqrt(q.size)).softmax()));
