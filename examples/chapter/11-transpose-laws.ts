// (Aᵀ)ᵀ = A exactly, and (AB)ᵀ = BᵀAᵀ up to rounding.
import { randn } from "lintel";
import { matrixNorm } from "lintel/linalg";
import { heading, law, show, times } from "./format.js";

const epsilon = 2 ** -23; // of float32
const A = randn([300, 200], { seed: 1 });
const B = randn([200, 100], { seed: 2 });

console.log("Transposing swaps rows and columns:");
show("A", times(A.shape));
show("Aᵀ", times(A.transpose().shape));
show(
  "a(3,5) and aᵀ(5,3) are equal",
  A.select(0, 3).select(0, 5).item() === A.transpose().select(0, 5).select(0, 3).item(),
);

heading("(Aᵀ)ᵀ = A");
show("‖(Aᵀ)ᵀ − A‖", matrixNorm(A.transpose().transpose().sub(A)).item());

heading("(AB)ᵀ = BᵀAᵀ");
const left = A.matmul(B).transpose();
const right = B.transpose().matmul(A.transpose());
show("shapes", `${times(left.shape)} and ${times(right.shape)}`);
law("residual ≤ n·ε", matrixNorm(left.sub(right)).item() / matrixNorm(left).item(), A.shape[1] * epsilon);
