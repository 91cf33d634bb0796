import { matmul } from "../../ops/matmul/op.js";
import { full } from "../../tensor/create.js";
import { fastest, type Bench } from "./bench.js";

/** One way of computing the same n × n product. */
export interface GemmOrder {
  readonly order: "naive" | "blocked" | "packed";
  readonly n: number;
  /** The side of the blocks, where the loops go through blocks. */
  readonly block: number | null;
  readonly seconds: number;
  readonly flopsPerSecond: number;
  /** Times as fast as the naive loops. */
  readonly speedup: number;
}

const BLOCK = 64; // three blocks of float32 have 48 KiB: a first-level cache and a little

/** C[n, n] = A·B, row-major: three loops, block after block; one block of n is the schoolbook order. */
export function loopProduct(a: Float32Array, b: Float32Array, n: number, block: number): Float32Array {
  const c = new Float32Array(n * n);
  const multiply = (i0: number, j0: number, k0: number): void => {
    const end = Math.min(n, k0 + block);
    for (let i = i0; i < Math.min(n, i0 + block); i++) {
      for (let j = j0; j < Math.min(n, j0 + block); j++) {
        let sum = c[i * n + j];
        for (let k = k0; k < end; k++) sum += a[i * n + k] * b[k * n + j];
        c[i * n + j] = sum;
      }
    }
  };
  for (let i = 0; i < n; i += block)
    for (let j = 0; j < n; j += block) for (let k = 0; k < n; k += block) multiply(i, j, k);
  return c;
}

/** Schoolbook loops, the same in blocks, and the engine, which packs its blocks: float32, measured. */
export function gemmOrders(bench: Bench): GemmOrder[] {
  const n = bench.ordersSize;
  const flops = 2 * n ** 3;
  const [a, b] = [new Float32Array(n * n).fill(0.5), new Float32Array(n * n).fill(0.25)];
  const [A, B] = [full([n, n], 0.5, { dtype: "float32" }), full([n, n], 0.25, { dtype: "float32" })];
  const small = new Float32Array(64 * 64).fill(1);
  for (let i = 0; i < 4; i++) loopProduct(small, small, 64, 32); // compiled before it is timed
  const loops = (block: number): number => {
    const start = bench.now();
    loopProduct(a, b, n, block); // once: a run takes seconds
    return Math.max(bench.now() - start, 1e-3) / 1000;
  };
  const naive = loops(n);
  const measured = (order: GemmOrder["order"], block: number | null, seconds: number): GemmOrder => ({
    order,
    n,
    block,
    seconds,
    flopsPerSecond: flops / seconds,
    speedup: naive / seconds,
  });
  return [
    measured("naive", null, naive),
    measured("blocked", BLOCK, loops(BLOCK)),
    measured(
      "packed",
      null,
      fastest(() => matmul(A, B), bench),
    ),
  ];
}
