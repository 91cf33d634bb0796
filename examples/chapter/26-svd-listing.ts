// The listing of the chapter, line by line: SVD, rank-64 factors, error and compression of a 512 × 2048 layer.
import { arange, matmul, randn } from "lintel";
import { lowRank, norm, svd, svdLowrank } from "lintel/linalg";
import { count, heading, percent, show, times } from "./format.js";

// Original weight matrix
const W = randn([512, 2048], { seed: 0 });

// Compute SVD
const { U, S, Vh } = svd(W);

// Rank-k approximation: scaling the columns of U is U[:, :k] @ diag(S[:k])
const k = 64;
const W1 = U.slice(1, 0, k).mul(S.slice(0, 0, k)); // 512 x 64
const W2 = Vh.slice(0, 0, k); // 64 x 2048
const compressed = matmul(W1, W2);

// Verify approximation
const relativeError = norm(W.sub(compressed)).item() / norm(W).item();
show("W", times(W.shape));
show("U, S, Vt", [U, S, Vh].map((x) => times(x.shape)).join(", "));
show("W1, W2", `${times(W1.shape)}, ${times(W2.shape)}`);
show("Relative error", relativeError.toFixed(4));

// Compression
const [original, kept] = [W.size, W1.size + W2.size];
show("Parameters", `${count(original)} -> ${count(kept)}`);
show("Compression", percent(1 - kept / original));

heading("The same in one call:");
const factors = lowRank(W, k, { balance: "left" });
show(
  "lowRank(W, 64)",
  `${times(factors.W1.shape)}, ${times(factors.W2.shape)}, error ${factors.error.toFixed(4)}`,
);
const sampled = svdLowrank(W, { rank: k });
show("svdLowrank within 2 %", sampled.error >= factors.error && sampled.error < 1.02 * factors.error);

heading("Random numbers have no structure to compress. With σᵢ = e^(−αi), α as in 24-rank-table:");
const alpha = -Math.log(0.12) / 128;
const sigma = arange(1, 513).cast("float32").mul(-alpha).exp();
show("Relative error at rank 64", lowRank(matmul(U.mul(sigma), Vh), k).error.toFixed(4));
