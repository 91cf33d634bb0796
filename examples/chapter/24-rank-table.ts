// The compression column of the chapter's rank table, recomputed, and what an exponential spectrum would lose.
import { arange } from "lintel";
import { heading, percent, show } from "./format.js";

const [m, n] = [512, 2048];
console.log(`W is ${m} × ${n}, factored as ${m} × k and k × ${n}:`);
show("rank k", "parameters saved   singular values dropped");
for (const k of [256, 128, 64, 32]) {
  const saved = 1 - (k * (m + n)) / (m * n);
  show(`k = ${k}`, `${percent(saved, 2).padEnd(18)} ${percent(1 - k / m, 2)}`);
}

/** √(Σ_{i>k} σᵢ² / Σ σᵢ²) for σᵢ = e^(−αi). */
function relativeError(alpha: number, k: number): number {
  const squares = arange(1, m + 1)
    .cast("float64")
    .mul(-2 * alpha)
    .exp();
  return Math.sqrt(squares.slice(0, k).sum().item() / squares.sum().item());
}

// σᵢ² is geometric, so that the error is close to e^(−αk).
const alpha = -Math.log(0.12) / 128;
heading(`Relative errors for σᵢ = σ₁ e^(−αi), α = ${alpha.toFixed(4)} chosen to lose 0.12 at rank 128:`);
for (const k of [256, 128, 64, 32]) show(`k = ${k}`, relativeError(alpha, k).toFixed(2));
