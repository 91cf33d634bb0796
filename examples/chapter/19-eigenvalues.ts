// Eigenvalues and eigenvectors of [[3, 1], [1, 3]]: the directions that are only scaled.
import { tensor } from "lintel";
import { eigh, trace, vectorNorm } from "lintel/linalg";
import { heading, law, show, values } from "./format.js";

const A = tensor(
  [
    [3, 1],
    [1, 3],
  ],
  { dtype: "float64" },
);
const { eigenvalues, eigenvectors } = eigh(A);

console.log("A = [[3, 1], [1, 3]], largest eigenvalue first:");
for (const [name, i] of [
  ["1", 1], // eigh answers in ascending order
  ["2", 0],
] as const) {
  const lambda = eigenvalues.select(0, i).item();
  const v = eigenvectors.select(1, i);
  // The sign of an eigenvector is free; here its first entry is positive, and times √2 the entries are whole.
  const direction = v.mul(Math.sign(v.select(0, 0).item()) * Math.SQRT2);
  show(`λ${name}`, lambda.toFixed(6));
  show(`√2 · v${name}`, values(direction));
  law(
    `‖A v${name} − λ${name} v${name}‖`,
    vectorNorm(A.matmul(v).sub(v.mul(lambda))).item(),
    2 * 2 ** -52 * 4,
  );
}

heading("The characteristic polynomial is λ² − tr(A) λ + det(A):");
const det = eigenvalues.prod().item();
show("tr(A)", trace(A).item().toFixed(6));
show("det(A) = λ₁ λ₂", det.toFixed(6));
for (const lambda of [4, 2]) {
  show(`at λ = ${lambda}`, lambda ** 2 - Math.round(trace(A).item()) * lambda + Math.round(det));
}

heading("A stretches the plane by 4 along (1, 1) and by 2 along (1, −1):");
for (const x of [
  [1, 1],
  [1, -1],
  [1, 0],
]) {
  show(`A (${x.join(", ")})`, values(A.matmul(tensor(x, { dtype: "float64" }))));
}
