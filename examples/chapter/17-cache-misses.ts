// Blocking a matrix product: cache misses fall from O(n³) to O(n³/√M). Counted with a simulated cache.
import { count, show } from "./format.js";

/** Visits every a(i,k), b(k,j), c(i,j) of C = AB in blocks of `tile`; one block of n × n is the schoolbook order. */
function product(n: number, tile: number, visit: (i: number, j: number, k: number) => void): void {
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

const n = 64;
console.log(`Elements loaded for n = ${n}, n³ = ${count(n ** 3)}, into a cache that holds M elements:\n`);
for (const tile of [8, 16, 32]) {
  const capacity = 3 * tile * tile + 2 * tile; // three blocks, and the row and column that come next
  const [naive, blocked] = [misses(n, n, capacity), misses(n, tile, capacity)];
  show(
    `M = ${count(capacity)}, blocks of ${tile} × ${tile}`,
    `${count(naive)} without, ${count(blocked)} with blocks: ${(naive / blocked).toFixed(1)} × fewer`,
  );
}
console.log("\nFour times the cache, half the loads.");
