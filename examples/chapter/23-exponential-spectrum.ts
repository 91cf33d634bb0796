// Singular values that decay exponentially, σᵢ = σ₁ e^(−αi): the error of rank k, and the rank for an error.
import { arange, matmul, randn } from "lintel";
import { lowRank, qr, svdLowrank } from "lintel/linalg";
import { heading, show, times } from "./format.js";

const [m, n, alpha] = [96, 160, 0.05];
const sigma = arange(1, m + 1)
  .cast("float64")
  .mul(-alpha)
  .exp();

// W = U Σ Vᵀ with random orthonormal U and V and these σ.
const basis = (rows: number, seed: number) => qr(randn([rows, m], { seed, dtype: "float64" })).Q;
const W = matmul(basis(m, 1).mul(sigma), basis(n, 2).transpose());

/** √(Σ_{i>k} σᵢ² / Σ σᵢ²), the sums of a geometric series. */
function relativeError(k: number): number {
  const q = Math.exp(-2 * alpha);
  return Math.sqrt((q ** k - q ** m) / (1 - q ** m));
}

console.log(`W, ${times(W.shape)}, σᵢ = e^(−${alpha} i)`);
heading("Relative error by rank:");
show("rank k", "formula    lowRank(W, k)    e^(−αk)");
for (const k of [4, 8, 16, 32, 64]) {
  const columns = [relativeError(k), lowRank(W, k).error, Math.exp(-alpha * k)];
  show(`k = ${k}`, columns.map((error) => error.toFixed(6)).join("   "));
}

heading("The rank for an error, by the formula and by svdLowrank(W, { tolerance }):");
for (const tolerance of [0.5, 0.25, 0.1, 0.05]) {
  const least = Array.from({ length: m }, (_, k) => k).find((k) => relativeError(k) <= tolerance);
  const { S, error } = svdLowrank(W, { tolerance });
  show(
    `error ≤ ${tolerance}`,
    `k = ${least}   found ${S.size}, certified ≤ ${tolerance}: ${error <= tolerance}`,
  );
}
