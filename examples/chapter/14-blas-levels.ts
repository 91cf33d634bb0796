// The three levels of BLAS: O(n), O(n²) and O(n³) arithmetic, on O(n), O(n²) and O(n²) data.
import { dot, input, matmul, randn } from "lintel";
import { trace } from "lintel/cost";
import { heading, measured, show } from "./format.js";

const v = input(["n"]);
const M = input(["n", "n"]);
const levels = {
  "1: dot product xᵀy": trace(() => dot(v, v)),
  "2: matrix-vector Ax": trace(() => matmul(M, v)),
  "3: matrix-matrix AB": trace(() => matmul(M, M)),
};

console.log("Costs as formulas");
for (const [level, { totals }] of Object.entries(levels)) {
  const elements = totals.bytesRead.plus(totals.bytesWritten).dividedExactlyBy(4);
  show(`level ${level}`, `${totals.flops} FLOPs on ${elements?.toCanonicalString()} elements`);
}

heading("FLOPs grow with n, n² and n³ (factor from n = 512 to n = 1024):");
for (const [level, traced] of Object.entries(levels)) {
  const at = (n: number) => Number(traced.bind({ n }).totals.flops.value());
  show(`level ${level}`, `× ${at(1024) / at(512)}`);
}

const n = 1024;
const A = randn([n, n], { seed: 1 });
const B = randn([n, n], { seed: 2 });
const x = randn([n * n], { seed: 3 });
const y = randn([n], { seed: 4 });

/** GFLOP/s of the best of some runs. */
function speed(run: () => unknown): string {
  const rates = Array.from({ length: 5 }, () => {
    const { records } = trace(run);
    const work = records.reduce((total, { flops }) => total + Number(flops.value()), 0);
    const seconds = records.reduce((total, record) => total + record.seconds, 0);
    return work / seconds / 1e9;
  });
  return `${Math.max(...rates).toFixed(1)} GFLOP/s`;
}

heading("The more arithmetic per element, the faster: a trace on data is timed.");
const runs = [() => dot(x, x), () => matmul(A, y), () => matmul(A, B)];
for (const [i, run] of runs.entries()) measured(`level ${i + 1}`, speed(run));
