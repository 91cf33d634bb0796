import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { gemm } from "./gemm.js";
import { instantiateShared, requireKernels } from "./module.js";
import { multiply, type Product } from "./multiply.js";
import type { Operand } from "./operand.js";
import { ThreadPool } from "./pool.js";
import { streamTogether } from "./stream.js";
import { engineStatus, selectThreads, threadPool, whenThreadsReady } from "./threads.js";
import { multiplyTogether } from "./together.js";
import { workerSource } from "./worker-source.js";

afterAll(() => selectThreads("auto"));

function ramp(length: number, step: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * step) * (1 + (i % 7)));
}

const dense = (data: Float32Array, columns: number): Operand<Float32Array> => ({
  data,
  offset: 0,
  rowStride: columns,
  colStride: 1,
});

const bits = (values: Float32Array) => Buffer.from(values.buffer);

describe("a lost worker", () => {
  const call = "kernels[words[order + 1]](...parameters);";

  /** What each kind of job computes with this pool, again and again until a worker has taken a piece. */
  const jobs: Record<string, (pool: ThreadPool) => void> = {
    "rows of a product"(pool) {
      const [m, n, k] = [600, 300, 280];
      const [a, b] = [ramp(m * k, 0.3), ramp(k * n, 0.7)];
      const compute = (multiplyWith: (product: Product) => unknown) => {
        const c = ramp(m * n, 0.2);
        multiplyWith({
          counts: { batch: 1, m, n, k },
          a: { ...dense(a, k), batchStride: 0 },
          b: { ...dense(b, n), batchStride: 0 },
          c: { ...dense(c, n), batchStride: 0 },
          accumulate: true,
          bias: ramp(n, 0.1),
        });
        return c;
      };
      const alone = compute((product) => multiply(requireKernels(), product));
      while (!pool.lost) {
        const together = compute((product) => multiplyTogether(pool, requireKernels(), product));
        expect(bits(together).equals(bits(alone))).toBe(true);
      }
    },
    "slices of a batch"(pool) {
      const [batch, n] = [150, 60];
      const [a, b] = [ramp(batch * n * n, 0.3), ramp(batch * n * n, 0.7)];
      const compute = (multiplyWith: (product: Product) => unknown) => {
        const c = ramp(batch * n * n, 0.2);
        const slices = (data: Float32Array) => ({ ...dense(data, n), batchStride: n * n });
        const counts = { batch, m: n, n, k: n };
        multiplyWith({ counts, a: slices(a), b: slices(b), c: slices(c), accumulate: true });
        return c;
      };
      const alone = compute((product) => multiply(requireKernels(), product));
      while (!pool.lost) {
        const together = compute((product) => multiplyTogether(pool, requireKernels(), product));
        expect(bits(together).equals(bits(alone))).toBe(true);
      }
    },
    "a map in place"(pool) {
      const input = ramp(400_000, 0.1);
      while (!pool.lost) {
        const data = input.slice();
        const rest = vi.fn<(first: number) => void>((first) => {
          for (let i = first; i < data.length; i++) data[i] = Math.sqrt(data[i]);
        });
        streamTogether(pool, {
          input: data,
          output: data,
          piece: 1000,
          vectors: [],
          call: (at, count) => ({ kernel: "sqrtF32", parameters: [at, count] }),
          rest,
        });
        expect(data.findIndex((y, i) => !Object.is(y, Math.fround(Math.sqrt(input[i]))))).toBe(-1);
        expect(rest).toHaveBeenCalledTimes(pool.lost ? 1 : 0);
      }
    },
  };

  test.for([
    ["that hangs in a piece", "Atomics.wait(words, 63, 0);"],
    ["that fails in a piece", "throw new Error();"],
  ])("%s costs the pool, not the result", async ([, instead]) => {
    expect(workerSource).toContain(call);
    const source = workerSource.replace(call, instead);
    for (const job of Object.values(jobs)) {
      const onLost = vi.fn<(reason: string) => void>();
      const shared = instantiateShared(requireKernels().build)!;
      const pool = new ThreadPool(shared, { workers: 2, onLost, patience: 100, source });
      while (pool.ready < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      job(pool);
      expect(onLost).toHaveBeenCalledOnce();
    }
  });

  test("that ends between two calls leaves one thread, the same product and one message", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    selectThreads(3);
    await whenThreadsReady();
    const n = 200;
    const [a, b] = [ramp(n * n, 0.3), ramp(n * n, 0.7)];
    const product = () => {
      const c = new Float32Array(n * n);
      gemm({ m: n, n, k: n, a: dense(a, n), b: dense(b, n), c: dense(c, n) });
      return c;
    };
    const before = product();
    threadPool()!.terminate(0);
    expect(bits(product()).equals(bits(before))).toBe(true);
    await vi.waitFor(() => expect(engineStatus().threads).toBe(1));
    expect(engineStatus().reason).toContain("a worker thread was lost");
    expect(bits(product()).equals(bits(before))).toBe(true);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0][0]).toContain("one thread instead of 3: a worker thread was lost");
    warn.mockRestore();
  });
});

test("a minified bundle starts its workers, and they do not keep the process alive", () => {
  const folder = mkdtempSync(join(tmpdir(), "lintel-"));
  try {
    const config = join(folder, "vite.config.mjs");
    const lib = { entry: join(import.meta.dirname, "index.ts"), formats: ["es"], fileName: "kernels" };
    const options = { logLevel: "silent", build: { lib, minify: true, outDir: folder, emptyOutDir: false } };
    writeFileSync(config, `export default ${JSON.stringify(options)};`);
    const vite = join(import.meta.dirname, "../../node_modules/vite/bin/vite.js");
    execFileSync(process.execPath, [vite, "build", "--config", config], { timeout: 30_000 });
    const main = join(folder, "main.mjs");
    const program = `
      import { readdirSync } from "node:fs";
      const file = readdirSync(import.meta.dirname).find((name) => name.startsWith("kernels"));
      const { engineStatus, gemm, whenThreadsReady } = await import("./" + file);
      await whenThreadsReady();
      const n = 256;
      const ones = { data: new Float32Array(n * n).fill(1), offset: 0, rowStride: n, colStride: 1 };
      const c = { ...ones, data: new Float32Array(n * n) };
      gemm({ m: n, n, k: n, a: ones, b: ones, c });
      console.log(JSON.stringify([engineStatus().threads, engineStatus().started, ...new Set(c.data)]));
    `;
    writeFileSync(main, program);
    const env = { ...process.env, LINTEL_THREADS: "3" };
    const output = execFileSync(process.execPath, [main], { env, encoding: "utf8", timeout: 30_000 });
    expect(JSON.parse(output)).toEqual([3, true, 256]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
