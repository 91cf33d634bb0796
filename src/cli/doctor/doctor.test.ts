import { describe, expect, it } from "vitest";
import { tinyBench } from "../../cost/machine/bench.fixture.js";
import { main } from "../program.js";
import type { Diagnosis } from "./diagnose.js";
import { diagnosisText } from "./text.js";

/** Runs a command line on a real clock and tiny sizes. */
async function lintel(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) };
  const bench = tinyBench({ now: () => performance.now() });
  const code = await main(argv, { ...io, width: 100, color: false, progress: false }, bench);
  return { code, stdout: out.join(""), stderr: err.join("") };
}

describe("lintel doctor", () => {
  it("measures every engine that is there, and says why others are not", async () => {
    const { code, stdout, stderr } = await lintel("doctor", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const diagnosis = JSON.parse(stdout) as Diagnosis;
    expect(diagnosis).toMatchObject({ schema: "lintel.doctor/1", node: process.version, memory: null });
    expect(diagnosis.engines.map(({ name }) => name)).toEqual(["native", "wasm", "reference"]);
    expect(diagnosis.engine).toBe(diagnosis.engines.find(({ available }) => available)?.name);
    for (const { available, summary, gemm, peakFlopsPerSecond: peaks } of diagnosis.engines) {
      expect(summary).not.toBe("");
      const best = (dtype: string) =>
        Math.max(...gemm.flatMap((rate) => (rate.dtype === dtype ? [rate.flopsPerSecond] : [])));
      const expected = available ? { float32: best("float32"), float64: best("float64") } : null;
      expect(peaks).toEqual(expected);
    }
    const { roofline, copyBytesPerSecond } = diagnosis;
    for (const { peakFlopsPerSecond, ridgeFlopsPerByte } of [roofline.float32, roofline.float64]) {
      expect(ridgeFlopsPerByte).toBe(peakFlopsPerSecond / copyBytesPerSecond);
    }
  });

  it("adds the experiments with memory when asked", async () => {
    const { stdout } = await lintel("doctor", "--memory", "--json");
    const { memory } = JSON.parse(stdout) as Diagnosis;
    expect(memory?.access.patterns.length).toBe(5);
    expect(memory?.blasLevels.map(({ op }) => op)).toEqual(["dot", "gemv", "gemm"]);
    expect(memory?.gemmOrders.map(({ order }) => order)).toEqual(["naive", "blocked", "packed"]);
    expect((await lintel("doctor", "--memory")).stdout).toContain("Textbooks say 10 to 100.");
  });
});

const rate = (dtype: "float32" | "float64", n: number, gigaflops: number) => ({
  dtype,
  n,
  flopsPerSecond: gigaflops * 1e9,
});
const nothing = { path: null, version: null, tried: [], limits: null };

const diagnosis: Diagnosis = {
  schema: "lintel.doctor/1",
  node: "v24.1.0",
  platform: "linux x64",
  cpu: "Difference Engine No. 2",
  cores: 2,
  memoryBytes: 16 * 2 ** 30,
  lastLevelCacheBytes: 32 * 2 ** 20,
  engine: "wasm",
  wasmBuild: "plain",
  wasmFeatures: { simd: true, relaxedSimd: false, sharedMemory: true },
  engines: [
    {
      ...nothing,
      name: "native",
      available: false,
      summary: "no usable BLAS library was found; install OpenBLAS, or name a file in LINTEL_BLAS",
      threads: null,
      tried: [{ file: "libopenblas.so.0", outcome: "cannot open shared object file" }],
      gemm: [],
      peakFlopsPerSecond: null,
    },
    {
      ...nothing,
      name: "wasm",
      available: true,
      summary: "WebAssembly, plain SIMD",
      threads: 2,
      limits: "this runtime has no relaxed SIMD (Node 22 and newer do)",
      gemm: [rate("float32", 256, 60), rate("float32", 512, 80), rate("float64", 256, 40)],
      peakFlopsPerSecond: { float32: 80e9, float64: 40e9 },
    },
    {
      ...nothing,
      name: "reference",
      available: true,
      summary: "plain loops, sums in float64",
      threads: 1,
      gemm: [rate("float32", 256, 1), rate("float64", 256, 1)],
      peakFlopsPerSecond: { float32: 1e9, float64: 1e9 },
    },
  ],
  copyBytesPerSecond: 20e9,
  roofline: {
    float32: { peakFlopsPerSecond: 80e9, ridgeFlopsPerByte: 4 },
    float64: { peakFlopsPerSecond: 40e9, ridgeFlopsPerByte: 2 },
  },
  memory: {
    access: {
      arrayBytes: 2 ** 28,
      patterns: [
        { strideBytes: 4, secondsPerElement: 0.5e-9, bytesPerSecond: 8e9, slowdown: 1 },
        { strideBytes: 4096, secondsPerElement: 10e-9, bytesPerSecond: 0.4e9, slowdown: 20 },
        { strideBytes: null, secondsPerElement: 15e-9, bytesPerSecond: 0.267e9, slowdown: 30 },
      ],
    },
    blasLevels: [
      {
        level: 1,
        op: "dot",
        n: 2 ** 24,
        flops: 2 ** 25,
        bytes: 2 ** 27,
        seconds: 0.004,
        flopsPerSecond: 8e9,
        bytesPerSecond: 32e9,
        flopsPerByte: 0.25,
      },
      {
        level: 3,
        op: "gemm",
        n: 1024,
        flops: 2 ** 31,
        bytes: 3 * 2 ** 22,
        seconds: 0.02,
        flopsPerSecond: 1e11,
        bytesPerSecond: 6e8,
        flopsPerByte: 170.7,
      },
    ],
    gemmOrders: [
      { order: "naive", n: 1024, block: null, seconds: 3, flopsPerSecond: 0.7e9, speedup: 1 },
      { order: "blocked", n: 1024, block: 64, seconds: 2.5, flopsPerSecond: 0.85e9, speedup: 1.2 },
      { order: "packed", n: 1024, block: null, seconds: 0.02, flopsPerSecond: 100e9, speedup: 143 },
    ],
  },
};

describe("the diagnosis as text", () => {
  it("reads like this", () => {
    expect(diagnosisText(diagnosis, { width: 80, color: false })).toMatchInlineSnapshot(`
      "Machine
        Node         v24.1.0, linux x64
        CPU          Difference Engine No. 2, 2 cores available, 16.0 GiB of memory,
                     32 MiB of last-level cache
        WebAssembly  ✔ SIMD  ✘ relaxed SIMD  ✔ shared memory

      Engines, fastest first
        ✘ native     no usable BLAS library was found; install OpenBLAS, or name a
                     file in LINTEL_BLAS
                     libopenblas.so.0: cannot open shared object file
        ✔ wasm       WebAssembly, plain SIMD, 2 threads; this runtime has no relaxed
                     SIMD (Node 22 and newer do)
        ✔ reference  plain loops, sums in float64

      Matrix products, the best of several sizes
        engine              GFLOP/s  at n =
        wasm       float32     80.0     512  ████████████████████████████
                   float64     40.0     256  ██████████████
        reference  float32      1.0     256  ▍
                   float64      1.0     256  ▍

      Roofline
        copying  20.0 GB/s, bytes read and bytes written
        ridge    4.00 FLOP/B in float32, 2.00 in float64, for the wasm engine

      Reading 256 MiB of 4-byte numbers, each once
        order              ns each  useful GB/s  times as long
        in order             0.500         8.00            1.0  ▋
        every 4,096 bytes     10.0        0.400           20.0  ████████████
        scattered             15.0        0.267           30.0  ██████████████████
        Reading with strides took up to 20.0 times as long as reading in order,
        scattered 30.0 times. Textbooks say 10 to 100.

      The levels of BLAS, float32
        level            n  FLOP/B   GB/s  GFLOP/s
        1 dot   16,777,216   0.250   32.0     8.00  ██▏
        3 gemm       1,024     171  0.600      100  ██████████████████████████

      One product, computed in three ways, n = 1,024, float32
        how                        GFLOP/s  times as fast
        three loops                  0.700            1.0  ▏
        loops over blocks of 64      0.850            1.2  ▏
        packed blocks, the engine      100          143.0  ██████████████████████

      Notes
        Every figure is the fastest of several runs; other programs that run
        meanwhile make it smaller.
        Products: one multiply-add counts as 2 FLOPs; n × n matrices, called as a
        program calls them, results allocated.
        Copying is done by one thread. Ridge: an op with fewer FLOPs per byte than
        this waits for memory.
        Reading: 32-bit numbers, added up in plain JavaScript. Useful bytes are the
        numbers themselves; memory moves whole cache lines, mostly of 64 bytes.
        BLAS levels: bytes are every operand once and the result once. Plain loops
        and blocks are JavaScript and scalar, so a block gains only what the cache
        gives; packed is the fastest engine.
      "
    `);
  });

  it.each([80, 100, 120])("keeps within %i columns", (width) => {
    const lines = diagnosisText(diagnosis, { width, color: false }).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  });

  it("is the same text with colours", () => {
    const colored = diagnosisText(diagnosis, { width: 80, color: true });
    // oxlint-disable-next-line no-control-regex -- the escapes are what is removed
    expect(colored.replaceAll(/\u001B\[\d+m/g, "")).toBe(
      diagnosisText(diagnosis, { width: 80, color: false }),
    );
  });
});
