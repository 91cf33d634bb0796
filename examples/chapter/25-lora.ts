// LoRA: a frozen W and a learned update ΔW = BA of rank r, applied beside W, merged into it, found again, counted.
import { input, matmul, randn, zeros } from "lintel";
import { trace } from "lintel/cost";
import { lowRank, matrixNorm, matrixRank } from "lintel/linalg";
import { count, heading, law, percent, show, times } from "./format.js";

const float64 = { dtype: "float64" } as const;
const [d, k, r, tokens] = [64, 96, 4, 10];
const W = randn([d, k], { seed: 1, ...float64 });
const A = randn([r, k], { seed: 2, ...float64 });
const B = randn([d, r], { seed: 3, ...float64 }).mul(0.1); // as if after training
const x = randn([tokens, k], { seed: 4, ...float64 });

console.log(`W is ${times(W.shape)}, B ${times(B.shape)}, A ${times(A.shape)}`);

heading("Training begins with B = 0, so that nothing changes at first:");
const frozen = matmul(x, W.transpose()); // [tokens, d]
const untrained = matmul(matmul(x, A.transpose()), zeros([r, d], float64));
show("Wx + B(Ax) = Wx", frozen.add(untrained).eq(frozen).all().item() === 1);

heading("After training, beside W or merged into it:");
const beside = frozen.add(matmul(matmul(x, A.transpose()), B.transpose()));
const update = matmul(B, A); // ΔW [d, k]
const merged = W.add(update);
const together = matmul(x, merged.transpose());
const epsilon = 2 ** -52;
law(
  "‖(W + BA)x − (Wx + B(Ax))‖",
  matrixNorm(together.sub(beside)).item(),
  10 * k * epsilon * matrixNorm(beside).item(),
);
show("rank of BA", matrixRank(update).item());

heading("Of two checkpoints, the truncated SVD finds the update again:");
const found = lowRank(merged.sub(W), r);
show("W₁, W₂", `${times(found.W1.shape)}, ${times(found.W2.shape)}`);
law(
  "‖W₁W₂ − BA‖",
  matrixNorm(matmul(found.W1, found.W2).sub(update)).item(),
  10 * k * epsilon * matrixNorm(merged).item(),
);

heading("Parameters that are trained, W 4096 × 4096:");
for (const rank of [1, 8, 16]) {
  const trained = input([4096, rank]).size + input([rank, 4096]).size;
  const share = trained / input([4096, 4096]).size;
  show(`r = ${rank}`, `${count(trained)} of ${count(4096 ** 2)}, ${percent(1 - share, 2)} fewer`);
}

heading("FLOPs, as long as they are not merged:");
const wide = input(["tokens", "k"]);
show("Wx", trace(() => wide.matmul(input(["k", "d"]))).totals.flops);
show("B(Ax)", trace(() => wide.matmul(input(["k", "r"])).matmul(input(["r", "d"]))).totals.flops);
