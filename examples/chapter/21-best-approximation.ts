// Eckart–Young: the truncated SVD is the best approximation of rank k, and its error is the tail of the spectrum.
import { matmul, randn, type Tensor } from "lintel";
import { lowRank, matrixNorm, qr, svd } from "lintel/linalg";
import { heading, law, show, times } from "./format.js";

const epsilon = 2 ** -52; // of float64
const A = randn([40, 64], { seed: 21, dtype: "float64" });
const norm = matrixNorm(A).item();
const sigma = svd(A).S.toArray() as number[];
const bound = 10 * (40 + 64) * epsilon;

/** √(Σ_{i>k} σᵢ²) */
const tail = (k: number): number => Math.sqrt(sigma.slice(k).reduce((sum, s) => sum + s ** 2, 0));

console.log(`A, ${times(A.shape)}, ‖A‖_F = √Σσ² = ${tail(0).toFixed(4)}`);
for (const k of [1, 5, 10, 20, 40]) {
  const { W1, W2, error, spectralError } = lowRank(A, k);
  const rest = A.sub(matmul(W1, W2)); // A − A_k
  heading(`rank ${k}: W₁ ${times(W1.shape)}, W₂ ${times(W2.shape)}`);
  show("√Σ_{i>k} σᵢ²", tail(k).toFixed(4));
  show("‖A − A_k‖_F / ‖A‖_F", error.toFixed(4));
  law("‖A − A_k‖_F − √Σσᵢ²", Math.abs(matrixNorm(rest).item() - tail(k)), bound * norm);
  law("‖A − A_k‖₂ − σ_{k+1}", Math.abs(matrixNorm(rest, { ord: 2 }).item() - spectralError), bound * norm);
}

/** The best that a subspace can do: A less its projection onto the columns of Q. */
const distanceFrom = (Q: Tensor): number => matrixNorm(A.sub(matmul(Q, matmul(Q.transpose(), A)))).item();

heading("No other 10-dimensional subspace comes as close; of 1000 random ones:");
const others = Array.from({ length: 1000 }, (_, seed) =>
  distanceFrom(qr(matmul(A, randn([64, 10], { seed, dtype: "float64" }))).Q),
);
show("the closest", Math.min(...others).toFixed(4));
show("the SVD", tail(10).toFixed(4));
