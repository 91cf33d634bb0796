// Exercise 3: eigenvectors of a symmetric matrix with distinct eigenvalues are orthogonal. The proof, in numbers.
import { eye, randn } from "lintel";
import { eigh, matrixNorm } from "lintel/linalg";
import { heading, law, show } from "./format.js";

const epsilon = 2 ** -52; // of float64

console.log("Random symmetric A = (G + Gᵀ)/2, all pairs of eigenvectors at once, residuals ≤ c·n·ε:");
for (const n of [2, 10, 50]) {
  const G = randn([n, n], { seed: n, dtype: "float64" });
  const A = G.add(G.transpose()).div(2);
  const { eigenvalues, eigenvectors: V } = eigh(A);
  const bound = 20 * n * epsilon;

  // Entry (i, j) of VᵀAV is vᵢᵀ A vⱼ. Read from the right it is λⱼ vᵢᵀvⱼ, from the left, as Aᵀ = A, λᵢ vᵢᵀvⱼ.
  const products = V.transpose().matmul(V); // vᵢᵀvⱼ
  const both = V.transpose().matmul(A).matmul(V);
  const fromRight = products.mul(eigenvalues);
  const fromLeft = products.mul(eigenvalues.reshape([n, 1]));
  const size = matrixNorm(A).item();

  // Therefore (λᵢ − λⱼ) vᵢᵀvⱼ = 0, and as no two eigenvalues are equal (i = j aside), vᵢᵀvⱼ = 0.
  const gaps = eigenvalues.reshape([n, 1]).sub(eigenvalues).abs().add(eye(n).mul(1e9));

  heading(`n = ${n}`);
  law("vᵢᵀ(A vⱼ) = λⱼ vᵢᵀvⱼ", matrixNorm(both.sub(fromRight)).item(), bound * size);
  law("(A vᵢ)ᵀ vⱼ = λᵢ vᵢᵀvⱼ", matrixNorm(both.sub(fromLeft)).item(), bound * size);
  law("(λᵢ − λⱼ) vᵢᵀvⱼ = 0", matrixNorm(fromRight.sub(fromLeft)).item(), bound * size);
  show("smallest |λᵢ − λⱼ|", gaps.min().item().toFixed(4));
  law("vᵢᵀvⱼ = 0 for i ≠ j", matrixNorm(products.sub(eye(n))).item(), bound);
}

heading("Without symmetry the middle step fails: vᵢᵀ(A vⱼ) is not (A vᵢ)ᵀ vⱼ.");
const A = randn([4, 4], { seed: 1, dtype: "float64" });
const [v, w] = [randn([4], { seed: 2, dtype: "float64" }), randn([4], { seed: 3, dtype: "float64" })];
show("vᵀ(A w)", v.dot(A.matmul(w)).item().toFixed(4));
show("(A v)ᵀ w", A.matmul(v).dot(w).item().toFixed(4));
