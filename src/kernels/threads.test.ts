import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { softmaxColumns } from "./columns.js";
import { mapFloat32, mapFloat64 } from "./elementwise.js";
import { gemm, gemmBatched } from "./gemm.js";
import { computeGrid, gridOps } from "./grid.js";
import { requireKernels } from "./module.js";
import type { Operand } from "./operand.js";
import { layerNormRows, rmsNormRows, softmaxRows } from "./rows.js";
import { engineStatus, selectThreads, threadPool, whenThreadsReady } from "./threads.js";

afterAll(() => selectThreads("auto"));

type Floats = Float32Array | Float64Array;

/** Numbers that depend on their place only, in both signs and several magnitudes. */
function ramp(length: number, step: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * step) * (1 + (i % 7)));
}

const dense = <T extends Floats>(data: T, columns: number): Operand<T> => ({
  data,
  offset: 0,
  rowStride: columns,
  colStride: 1,
});
const transposed = <T extends Floats>(data: T, rows: number): Operand<T> => ({
  data,
  offset: 0,
  rowStride: 1,
  colStride: rows,
});

/** The result of `compute` with 1, 2 and 4 threads; the latter two must have had workers. */
async function withThreads(compute: () => Floats): Promise<Floats[]> {
  const results: Floats[] = [];
  for (const threads of [1, 2, 4]) {
    selectThreads(threads);
    await whenThreadsReady();
    expect(engineStatus()).toMatchObject({ threads, started: threads > 1 });
    results.push(compute());
  }
  return results;
}

const bits = (values: Floats) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

describe("one, two and four threads give the same bits", () => {
  const shapes = [
    [256, 256, 256],
    [500, 301, 700],
    [1003, 70, 130],
    [66, 2100, 90],
    [300, 130, 2000],
    [129, 127, 131], // little more than what one thread does, in small pieces
    [33, 1000, 70],
  ];

  test.for(shapes)("products %d × %d × %d, all transposes, both precisions", async ([m, n, k]) => {
    for (const Type of [Float32Array, Float64Array]) {
      const [a, b, start] = [m * k, k * n, m * n].map((size, i) => Type.from(ramp(size, 0.37 + i)));
      for (const [ta, tb, accumulate] of [
        [false, false, false],
        [false, true, true],
        [true, false, false],
        [true, true, true],
      ]) {
        const results = await withThreads(() => {
          const c = accumulate ? start.slice() : new Type(m * n).fill(NaN);
          gemm({
            m,
            n,
            k,
            a: ta ? transposed(a, m) : dense(a, k),
            b: tb ? transposed(b, k) : dense(b, n),
            c: dense(c, n) as Operand<Float32Array>,
            accumulate,
            bias: Type.from(ramp(n, 0.9)),
          });
          return c;
        });
        expect(results[0].some(Number.isNaN)).toBe(false);
        for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
      }
    }
  });

  test("batches, of small slices and of large ones, with a shared operand", async () => {
    for (const [batch, m, n, k, shared] of [
      [64, 50, 70, 40, false],
      [300, 24, 24, 40, true],
      [3, 400, 700, 900, false],
    ] as const) {
      const a = ramp(batch * m * k, 0.37);
      const b = ramp(batch * k * n, 0.73);
      const places = (step: number) => Array.from({ length: batch }, (_, g) => g * step);
      const results = await withThreads(() => {
        const c = new Float32Array(batch * m * n).fill(NaN);
        gemmBatched({
          m,
          n,
          k,
          a: dense(a, k),
          b: dense(b, n),
          c: dense(c, n),
          aOffsets: places(shared ? 0 : m * k),
          bOffsets: places(k * n),
          cOffsets: places(m * n),
          bias: ramp(n, 0.1),
        });
        return c;
      });
      expect(results[0].some(Number.isNaN)).toBe(false);
      for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
    }
  });

  test("maps and rows, in place too, with a last piece that is shorter", async () => {
    const columns = 301;
    const input = ramp(columns * 997, 0.01);
    const [weight, bias] = [ramp(columns, 0.5), ramp(columns, 0.6)];
    const kernels: ((input: Float32Array, output: Float32Array) => void)[] = [
      (x, y) => mapFloat32("gelu", x, y),
      (x, y) => softmaxRows({ input: x, output: y, columns }),
      (x, y) => layerNormRows({ input: x, output: y, columns, weight, bias, epsilon: 1e-5 }),
      (x, y) => layerNormRows({ input: x, output: y, columns, bias, epsilon: 1e-5 }),
      (x, y) => rmsNormRows({ input: x, output: y, columns, weight, epsilon: 1e-5 }),
    ];
    for (const kernel of kernels) {
      const results = await withThreads(() => {
        const [output, inPlace] = [new Float32Array(input.length).fill(NaN), input.slice()];
        kernel(input, output);
        kernel(inPlace, inPlace);
        expect(bits(inPlace).equals(bits(output))).toBe(true);
        return output;
      });
      expect(results[0].some(Number.isNaN)).toBe(false);
      for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
    }
  });

  test("float64 rows, and softmax of columns", async () => {
    const [rows, columns] = [997, 301];
    const input = Float64Array.from(ramp(columns * rows, 0.01));
    const [weight, bias] = [0.5, 0.6].map((step) => Float64Array.from(ramp(columns, step)));
    const kernels: ((output: Floats, x: Floats) => void)[] = [
      (output, x) => mapFloat64("sin", x as Float64Array, output as Float64Array),
      (output, x) => softmaxRows({ input: x, output, columns }),
      (output, x) => layerNormRows({ input: x, output, columns, weight, bias, epsilon: 1e-5 }),
      (output, x) => softmaxColumns("softmax", { input: x, outer: 1, length: rows, inner: columns }, output),
      (output, x) => softmaxColumns("logSoftmax", { input: x, outer: rows, length: 7, inner: 43 }, output),
    ];
    for (const kernel of kernels) {
      const results = await withThreads(() => {
        const output = new Float64Array(input.length).fill(NaN);
        kernel(output, input);
        return output;
      });
      expect(results[0].some(Number.isNaN)).toBe(false);
      for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
    }
  });

  test("grids: equal shapes, a row, a column, a number, a choice; in place too", async () => {
    const [rows, columns] = [1030, 1021];
    const [a, b] = [0.01, 0.37].map((step) => ramp(rows * columns, step).map((x) => Math.abs(x) + 0.1));
    const [across, down] = [ramp(columns, 0.5).map(Math.abs), ramp(rows, 0.6).map(Math.abs)];
    const whole = (data: Float32Array) => ({ data, offset: 0, rowStride: columns, wide: true });
    const seconds = [
      whole(b),
      { data: across, offset: 0, rowStride: 0, wide: true },
      { data: down, offset: 0, rowStride: 1, wide: false },
      { data: across, offset: 3, rowStride: 0, wide: false },
    ];
    for (const second of seconds) {
      const results = await withThreads(() => {
        const [output, inPlace] = [new Float32Array(a.length).fill(NaN), a.slice()];
        const call = { kernel: "composeF32", op: gridOps.pow, rows, columns } as const;
        computeGrid({ ...call, operands: [whole(a), second], output: { data: output, offset: 0 } });
        computeGrid({ ...call, operands: [whole(inPlace), second], output: { data: inPlace, offset: 0 } });
        expect(bits(inPlace).equals(bits(output))).toBe(true);
        return output;
      });
      expect(results[0].some(Number.isNaN)).toBe(false);
      for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
    }
    const choice = {
      data: Uint8Array.from(a, (x) => Number(x > 2)),
      offset: 0,
      rowStride: columns,
      wide: true,
    };
    const results = await withThreads(() => {
      const data = new Float32Array(a.length).fill(NaN);
      const operands = [choice, whole(a), seconds[1]];
      computeGrid({ kernel: "select32", rows, columns, operands, output: { data, offset: 0 } });
      return data;
    });
    expect(results[0]).toEqual(a.map((x, i) => (x > 2 ? x : across[i % columns])));
    for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
  });

  test("a product whose operands exceed the arena", async () => {
    const [m, n, k] = [90, 6000, 2100];
    const [a, b] = [ramp(m * k, 0.37), ramp(k * n, 0.73)];
    const results = await withThreads(() => {
      const c = new Float32Array(m * n);
      gemm({ m, n, k, a: dense(a, k), b: dense(b, n), c: dense(c, n) });
      return c;
    });
    for (const result of results) expect(bits(result).equals(bits(results[0]))).toBe(true);
    expect(threadPool()!.kernels.arena.byteLength).toBeLessThan(65 * 2 ** 20);
  });
});

test("memory stays bounded over ten thousand operations in one turn of the event loop", async () => {
  selectThreads(2);
  await whenThreadsReady();
  const n = 162; // just large enough for threads
  const [a, b, data] = [ramp(n * n, 0.3), ramp(n * n, 0.7), new Float32Array(n * n)];
  const before = process.memoryUsage();
  for (let i = 0; i < 10_000; i++) {
    if (i % 20 === 0) gemm({ m: n, n, k: n, a: dense(a, n), b: dense(b, n), c: dense(data, n) });
    else gemm({ m: 8, n: 8, k: 8, a: dense(a, 8), b: dense(b, 8), c: dense(data, 8) });
  }
  const after = process.memoryUsage();
  expect(after.rss - before.rss).toBeLessThan(200 * 2 ** 20);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(100 * 2 ** 20);
  expect(threadPool()!.kernels.arena.byteLength).toBeLessThan(8 * 2 ** 20);
  expect(requireKernels().arena.byteLength).toBeLessThanOrEqual(65 * 2 ** 20);
});

describe("choosing threads", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.resetModules();
  });

  /** The module as a fresh process would load it. */
  async function fresh(): Promise<typeof import("./threads.js")> {
    vi.resetModules();
    return import("./threads.js");
  }

  test("LINTEL_THREADS decides; nonsense is refused", async () => {
    vi.stubEnv("LINTEL_THREADS", "3");
    expect((await fresh()).engineStatus()).toMatchObject({ threads: 3, started: false });
    vi.stubEnv("LINTEL_THREADS", "1");
    expect((await fresh()).engineStatus()).toMatchObject({ threads: 1, reason: "LINTEL_THREADS is 1" });
    for (const value of ["many", "0", "-1", "1.5", "1e9"]) {
      vi.stubEnv("LINTEL_THREADS", value);
      const { engineStatus: ask } = await fresh();
      expect(ask).toThrow(`LINTEL_THREADS is "${value}"; it must be a whole number from 1 to 256.`);
    }
  });

  test("without SharedArrayBuffer there is one thread, and a message only for who asked for more", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    vi.stubGlobal("SharedArrayBuffer", undefined);
    vi.stubEnv("LINTEL_THREADS", "");
    let threads = await fresh();
    expect(threads.threadPool()).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
    vi.stubEnv("LINTEL_THREADS", "4");
    threads = await fresh();
    expect(threads.threadPool()).toBeUndefined();
    expect(threads.threadPool()).toBeUndefined();
    expect(threads.engineStatus()).toMatchObject({ threads: 1, started: false });
    expect(threads.engineStatus().reason).toContain("cross-origin isolated");
    expect(warn).toHaveBeenCalledOnce();
  });

  test("where workers are forbidden there is one thread", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    vi.stubGlobal("Worker", undefined);
    vi.stubEnv("LINTEL_THREADS", "2");
    const threads = await fresh();
    expect(threads.threadPool()).toBeUndefined();
    expect(threads.engineStatus().reason).toContain("worker threads cannot start");
  });
});
