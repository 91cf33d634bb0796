// The singular value decomposition A = U Σ Vᵀ exists for every matrix; its laws, checked.
import { eye, matmul, randn, tensor, zeros, type Tensor } from "lintel";
import { matrixNorm, svd } from "lintel/linalg";
import { heading, law, show, times } from "./format.js";

const epsilon = 2 ** -52; // of float64

function check(name: string, A: Tensor): void {
  const { U, S, Vh } = svd(A, { fullMatrices: true });
  const [m, n] = A.sizes;
  const rank = Math.min(m, n);
  // Σ is m × n with S on its diagonal: keep the columns of U and rows of Vᵀ that meet it.
  const product = matmul(U.slice(1, 0, rank).mul(S), Vh.slice(0, 0, rank));
  const bound = 10 * Math.max(m, n) * epsilon; // c · n · ε
  const sigmas = [...S.dataSync()].map(Number);

  heading(`${name}, ${times(A.shape)}`);
  show("U, Σ, Vᵀ", `${times(U.shape)}, ${times([m, n])}, ${times(Vh.shape)}`);
  show("σ", sigmas.map((sigma) => sigma.toFixed(4)).join(", "));
  show(
    "σ₁ ≥ σ₂ ≥ … ≥ 0",
    sigmas.every((sigma, i) => sigma >= 0 && (i === 0 || sigmas[i - 1] >= sigma)),
  );
  law("‖UᵀU − I‖", matrixNorm(matmul(U.transpose(), U).sub(eye(m))).item(), bound);
  law("‖VᵀV − I‖", matrixNorm(matmul(Vh, Vh.transpose()).sub(eye(n))).item(), bound);
  law("‖UΣVᵀ − A‖", matrixNorm(product.sub(A)).item(), bound * matrixNorm(A).item());
}

console.log("Any matrix has one, residuals ≤ c·n·ε:");
const float64 = { dtype: "float64" } as const;
check("wide", randn([4, 9], { seed: 1, ...float64 }));
check("tall", randn([9, 4], { seed: 2, ...float64 }));
check("rank 1", randn([5, 1], { seed: 3, ...float64 }).matmul(randn([1, 4], { seed: 4, ...float64 })));
check("zero", zeros([3, 2], float64));
// Its only eigenvalue is 0 with one eigenvector: no eigendecomposition, but singular values 1 and 0.
check("a matrix that cannot be diagonalised", tensor([[0, 1], [0, 0]], float64)); // prettier-ignore
