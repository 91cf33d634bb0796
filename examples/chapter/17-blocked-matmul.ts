// Blocking: cache misses of a matrix product fall from O(n³) to O(n³/√M). Counted, then timed.
import { randn } from "lintel";
import { count, heading, measured, show } from "./format.js";

type Visit = (i: number, j: number, k: number) => void;

/** c(i,j) += a(i,k) b(k,j) in blocks of `tile`; one block of n × n is the schoolbook order. */
function product(n: number, tile: number, visit: Visit): void {
  for (let i0 = 0; i0 < n; i0 += tile)
    for (let j0 = 0; j0 < n; j0 += tile)
      for (let k0 = 0; k0 < n; k0 += tile)
        for (let i = i0; i < i0 + tile; i++)
          for (let j = j0; j < j0 + tile; j++) for (let k = k0; k < k0 + tile; k++) visit(i, j, k);
}

/** Loads of a cache that holds `capacity` elements and evicts what was used longest ago. */
function misses(n: number, tile: number, capacity: number): number {
  const cache = new Set<number>();
  let missed = 0;
  const touch = (element: number): void => {
    if (!cache.delete(element)) missed++;
    cache.add(element);
    if (cache.size > capacity) cache.delete(cache.values().next().value!);
  };
  product(n, tile, (i, j, k) => {
    touch(i * n + k); // a
    touch(n * n + k * n + j); // b
    touch(2 * n * n + i * n + j); // c
  });
  return missed;
}

console.log("Elements loaded for n = 64 (n³ = 262,144) into a cache of M elements, three blocks of √(M/3):");
for (const tile of [8, 16, 32]) {
  const capacity = 3 * tile * tile + 2 * tile;
  const [naive, blocked] = [misses(64, 64, capacity), misses(64, tile, capacity)];
  show(
    `M = ${count(capacity)}, blocks of ${tile} × ${tile}`,
    `${count(naive)} without, ${count(blocked)} with blocks: ${(naive / blocked).toFixed(1)} × fewer`,
  );
}

const n = 512;
const A = randn([n, n], { seed: 1 });
const B = randn([n, n], { seed: 2 });
const [a, b] = [A.dataSync(), B.dataSync()] as Float32Array[];
const run = (tile: number): Float32Array => {
  const c = new Float32Array(n * n);
  product(n, tile, (i, j, k) => (c[i * n + j] += a[i * n + k] * b[k * n + j]));
  return c;
};

/** The answer, and GFLOP/s of the best of three runs. */
function timed<C>(multiply: () => C): { answer: C; rate: string } {
  let best = Infinity;
  let answer = multiply();
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    answer = multiply();
    best = Math.min(best, performance.now() - start);
  }
  return { answer, rate: `${((2 * n ** 3) / best / 1e6).toFixed(1)} GFLOP/s` };
}

const naive = timed(() => run(n));
const blocked = timed(() => run(64));
const packed = timed(() => A.matmul(B));
heading(`The same three loops on ${n} × ${n} matrices, and Lintel's product, which also packs the blocks:`);
measured("schoolbook", naive.rate);
measured("in blocks of 64", blocked.rate);
measured("A.matmul(B)", packed.rate);
const expected = packed.answer.dataSync() as Float32Array;
const worst = (c: Float32Array) => c.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
show("all agree to 1e-3", worst(naive.answer) < 1e-3 && worst(blocked.answer) < 1e-3);
