import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { attendBlocks, type Attention } from "./attention.js";
import { requireKernels, selectWasmBuild, wasmAvailable } from "./module.js";
import { engineStatus, selectThreads, threadPool, whenThreadsReady } from "./threads.js";

afterAll(() => selectThreads("auto"));

const wave = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * step) * (1 + (i % 5) / 4));

const rows = (data: Float32Array, width: number) => ({ data, offset: 0, rowStride: width, colStride: 1 });

const places = (count: number, step: number): number[] => Array.from({ length: count }, (_, i) => i * step);

interface Sizes {
  readonly heads: number;
  readonly keyHeads: number;
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly e: number;
}

function problem({ heads, keyHeads, n, m, d, e }: Sizes, rest: Partial<Attention> = {}): Attention {
  return {
    n,
    m,
    d,
    e,
    scale: 0.3,
    causal: false,
    q: rows(wave(heads * n * d, 0.37), d),
    k: rows(wave(keyHeads * m * d, 0.73), d),
    v: rows(wave(keyHeads * m * e, 0.11), e),
    qOffsets: places(heads, n * d),
    kOffsets: places(keyHeads, m * d),
    vOffsets: places(keyHeads, m * e),
    bias: undefined,
    output: new Float32Array(heads * n * e).fill(NaN),
    ...rest,
  };
}

/** One query in float64; `bias` is what is added to its scores. */
function attendOne(call: Attention, head: number, query: number, bias?: Float32Array): number[] {
  const { n, m, d, e, scale, causal, q, k, v, qOffsets, kOffsets, vOffsets } = call;
  const keyHead = Math.floor((head * kOffsets.length) / qOffsets.length);
  const visible = causal ? Math.max(0, Math.min(m, query + 1 + m - n)) : m;
  const scores = Array.from({ length: visible }, (_, j) => {
    let dot = 0;
    for (let p = 0; p < d; p++)
      dot += q.data[qOffsets[head] + query * d + p] * k.data[kOffsets[keyHead] + j * d + p];
    return dot * scale + (bias?.[j] ?? 0);
  });
  const largest = Math.max(-Infinity, ...scores);
  const weights = scores.map((x) => Math.exp(x - largest));
  const sum = weights.reduce((total, x) => total + x, 0);
  return Array.from({ length: e }, (_, c) =>
    largest === -Infinity
      ? 0
      : weights.reduce((total, w, j) => total + (w / sum) * v.data[vOffsets[keyHead] + j * e + c], 0),
  );
}

/** Largest error over some queries of each head. */
function largestError(call: Attention, bias?: (head: number, query: number) => Float32Array): number {
  const { n, e, output, qOffsets } = call;
  let worst = 0;
  for (let head = 0; head < qOffsets.length; head++) {
    for (let query = 0; query < n; query += Math.max(1, Math.floor(n / 9))) {
      const expected = attendOne(call, head, query, bias?.(head, query));
      expected.forEach((y, c) => {
        const error = Math.abs(output[(head * n + query) * e + c] - y);
        if (!(error <= worst)) worst = error;
      });
    }
  }
  return worst;
}

const shapes: readonly Sizes[] = [
  { heads: 1, keyHeads: 1, n: 1, m: 1, d: 1, e: 1 },
  { heads: 2, keyHeads: 1, n: 17, m: 300, d: 20, e: 12 },
  { heads: 4, keyHeads: 2, n: 121, m: 256, d: 64, e: 64 },
  { heads: 3, keyHeads: 3, n: 250, m: 257, d: 33, e: 7 },
  { heads: 1, keyHeads: 1, n: 40, m: 1100, d: 16, e: 72 },
  { heads: 2, keyHeads: 2, n: 300, m: 90, d: 256, e: 8 },
];

describe("attendBlocks", () => {
  afterEach(() => selectWasmBuild("auto"));

  test.for(shapes)("agrees with float64: %o", (sizes) => {
    for (const build of ["plain", "relaxed"] as const) {
      selectWasmBuild(build);
      if (!wasmAvailable()) continue;
      for (const causal of [false, true]) {
        const call = problem(sizes, { causal });
        expect(attendBlocks(call)).toBe(true);
        expect(largestError(call), `causal ${causal}`).toBeLessThan(4e-6);
      }
    }
  });

  test("scores that grow from block to block scale what was added before", () => {
    const sizes = { heads: 1, keyHeads: 1, n: 16, m: 900, d: 4, e: 5 };
    const call = problem(sizes);
    for (let j = 0; j < 900; j++)
      for (let p = 0; p < 4; p++) call.k.data[j * 4 + p] = (j / 30) * (p === 0 ? 1 : -1);
    attendBlocks(call);
    expect(largestError(call)).toBeLessThan(2e-5); // scores up to 60: a rounding of them is 4e-6 of their exponential
  });

  test.for([true, false])("a bias, per query: %s, with rows that see nothing", (perQuery) => {
    const sizes = { heads: 4, keyHeads: 2, n: 130, m: 270, d: 8, e: 9 };
    const terms = (head: number, query: number) =>
      Float32Array.from({ length: 270 }, (_, j) => {
        const row = perQuery ? query : 0;
        const blind = perQuery ? query % 13 === 0 : head === 1;
        return blind || (j + row + head) % 3 === 0 || j < 260 - 2 * row
          ? -Infinity
          : Math.cos(j + row + head);
      });
    for (const causal of [false, true]) {
      const call = problem(sizes, {
        causal,
        bias: {
          perQuery,
          write: (target, at, head, first, count) => {
            for (let i = 0; i < count; i++) target.set(terms(head, first + i), at + i * 270);
          },
        },
      });
      expect(attendBlocks(call)).toBe(true);
      expect(largestError(call, terms)).toBeLessThan(4e-6);
    }
  });

  test("a NaN makes its query NaN, and no other", () => {
    const sizes = { heads: 1, keyHeads: 1, n: 20, m: 300, d: 6, e: 3 };
    const call = problem(sizes);
    call.q.data[7 * 6] = NaN;
    attendBlocks(call);
    const odd = Array.from({ length: 20 }, (_, i) =>
      call.output.subarray(i * 3, i * 3 + 3).every(Number.isNaN),
    );
    expect(odd.map((is, i) => (is ? i : -1)).filter((i) => i >= 0)).toEqual([7]);
  });

  test("one, two and four threads give the same bits", async () => {
    const sizes = { heads: 6, keyHeads: 3, n: 310, m: 520, d: 40, e: 24 };
    const results: Float32Array[] = [];
    for (const threads of [1, 2, 4]) {
      selectThreads(threads);
      await whenThreadsReady();
      expect(engineStatus()).toMatchObject({ threads, started: threads > 1 });
      const call = problem(sizes, { causal: true });
      expect(attendBlocks(call)).toBe(true);
      expect(largestError(call)).toBeLessThan(4e-6);
      results.push(call.output);
    }
    for (const result of results) expect(Buffer.compare(bytes(result), bytes(results[0]))).toBe(0);
  });

  test("when a worker is lost, the rest is computed alone, bias and all", async () => {
    selectThreads(2);
    await whenThreadsReady();
    const pool = threadPool()!;
    const lost = vi.spyOn(pool, "run").mockImplementation((job) => {
      for (let piece = 0; piece < 7; piece++) {
        const { kernel, parameters } = job.stage(piece, piece % job.slots);
        (pool.kernels.exports[kernel] as (...parameters: readonly number[]) => void)(...parameters);
        job.finish(piece, piece % job.slots);
      }
      job.rest(7);
    });
    const terms = (head: number, query: number) =>
      Float32Array.from({ length: 520 }, (_, j) => Math.cos(j + head * 7 + query));
    const call = problem(
      { heads: 6, keyHeads: 3, n: 310, m: 520, d: 40, e: 24 },
      {
        bias: {
          perQuery: true,
          write: (target, at, head, first, count) => {
            for (let i = 0; i < count; i++) target.set(terms(head, first + i), at + i * 520);
          },
        },
      },
    );
    attendBlocks(call);
    expect(lost).toHaveBeenCalledOnce();
    lost.mockRestore();
    expect(largestError(call, terms)).toBeLessThan(4e-6);
  });

  test("declines, with nothing written, wide heads and operands beyond the arena's limit", () => {
    selectThreads(1);
    const wide = problem({ heads: 1, keyHeads: 1, n: 20, m: 20, d: 257, e: 4 });
    expect(attendBlocks(wide)).toBe(false);
    const { arena } = requireKernels();
    const limit = arena.limit;
    arena.limit = 2 ** 16;
    const long = problem({ heads: 1, keyHeads: 1, n: 20, m: 2000, d: 64, e: 64 });
    expect(attendBlocks(long)).toBe(false);
    arena.limit = limit;
    for (const { output } of [wide, long]) expect(output.every(Number.isNaN)).toBe(true);
  });
});

const bytes = (values: Float32Array): Buffer => Buffer.from(values.buffer);
