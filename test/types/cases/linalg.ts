// Factorisations: shapes of the factors, and the norms.
import { input, zeros, type Tensor } from "../../../src/index.js";
import {
  eig,
  eigh,
  eigvals,
  eigvalsh,
  matrixNorm,
  qr,
  svd,
  svdvals,
  trace,
  vectorNorm,
  cond,
  eigsh,
  lowRank,
  lstsq,
  matrixRank,
  pairwiseCosineSimilarity,
  pairwiseDistances,
  pinv,
  svdLowrank,
} from "../../../src/linalg/index.js";
import { is } from "./expect.js";

const thin = svd(zeros([100, 20]));
is<Tensor<[100, 20]>>()(thin.U);
is<Tensor<[20]>>()(thin.S);
is<Tensor<[20, 20]>>()(thin.Vh);

const full = svd(zeros([100, 20]), { fullMatrices: true });
is<Tensor<[100, 100]>>()(full.U);
is<Tensor<[20, 20]>>()(full.Vh);

is<Tensor<["B", 20]>>()(svdvals(zeros(["B", 100, 20])));
is<Tensor<[100, 100]>>()(svd(zeros([100, 20]), { fullMatrices: true, algorithm: "jacobi" }).U);

is<Tensor<["B", 512, 512]>>()(svd(zeros(["B", 512, 2048])).U);

const reduced = qr(input(["B", 100, 20]));
is<Tensor<["B", 100, 20]>>()(reduced.Q);
is<Tensor<["B", 20, 20]>>()(reduced.R);
const complete = qr(zeros([100, 20]), { mode: "complete", pivoting: true });
is<Tensor<[100, 100]>>()(complete.Q);
is<Tensor<[100, 20]>>()(complete.R);
is<Tensor<[20]>>()(complete.permutation);
is<Tensor<[20, 100]>>()(qr(zeros([20, 100]), { mode: "r" }).R);
is<Tensor<[100]>>()(qr(zeros([20, 100]), { mode: "r", pivoting: true }).permutation);
// @ts-expect-error: no Q in mode "r"
qr(zeros([20, 100]), { mode: "r" }).Q;
// @ts-expect-error: the order of columns comes with pivoting
qr(zeros([20, 100])).permutation;

const { eigenvalues, eigenvectors } = eigh(input(["B", "n", "n"]));
is<Tensor<["B", "n"]>>()(eigenvalues);
is<Tensor<["B", "n", "n"]>>()(eigenvectors);
is<Tensor<["B", "n"]>>()(eigvalsh(input(["B", "n", "n"]), { uplo: "U" }));

const general = eig(input(["B", "n", "n"]));
is<Tensor<["B", "n"]>>()(general.eigenvalues.re);
is<Tensor<["B", "n"]>>()(general.eigenvalues.im);
is<Tensor<["B", "n", "n"]>>()(general.eigenvectors.im);
is<Tensor<[3]>>()(eigvals(zeros([3, 3])).re);

is<Tensor<["B"]>>()(trace(input(["B", "n", "n"])));
is<Tensor<[]>>()(matrixNorm(zeros([3, 4]), { ord: "nuc" }));
is<Tensor<["B"]>>()(vectorNorm(input(["B", 768]), { axis: -1 }));
is<Tensor<["B", 1]>>()(vectorNorm(input(["B", 768]), { axis: -1, keepdims: true }));
is<Tensor<[]>>()(vectorNorm(zeros([3, 4])));

const fitted = lstsq(zeros([8, 3]), zeros([8]));
is<Tensor<[3]>>()(fitted.solution);
is<Tensor<[]>>()(fitted.residuals);
is<Tensor<[3]>>()(fitted.singularValues);
const batched = lstsq(input(["B", 8, 3]), input([8, "k"]));
is<Tensor<["B", 3, "k"]>>()(batched.solution);
is<Tensor<["B", "k"]>>()(batched.residuals);
is<Tensor<["B"]>>()(batched.rank);
is<Tensor<["B", 5, 3]>>()(pinv(input(["B", 3, 5])));
is<Tensor<["B"]>>()(matrixRank(input(["B", 3, 5])));
is<Tensor<[]>>()(cond(zeros([3, 3]), { ord: "fro" }));

const leading = svdLowrank(input(["B", 768, 3072]), { rank: 64 });
is<Tensor<["B", 768, 64]>>()(leading.U);
is<Tensor<["B", 64]>>()(leading.S);
is<Tensor<["B", 64, 3072]>>()(leading.Vh);
is<number>()(leading.error);
is<Tensor<[6, number]>>()(svdLowrank(zeros([6, 4]), { tolerance: 0.1 }).U);
is<Tensor<[6, 2]>>()(lowRank(zeros([6, 4]), 2).W1);
is<Tensor<[2, 4]>>()(lowRank(zeros([6, 4]), 2, { balance: "left" }).W2);
is<Tensor<[4, 1]>>()(eigsh(zeros([4, 4]), { k: 1 }).eigenvectors);
is<Tensor<[2]>>()(eigsh((x) => x, { n: 30, k: 2 }).eigenvalues);

is<Tensor<["B", "n", 7]>>()(pairwiseDistances(input(["B", "n", 3]), input([7, 3])));
is<Tensor<[5, 7]>>()(pairwiseCosineSimilarity(zeros([5, 3]), zeros([7, 3])));
