import { expect, test } from "vitest";
import "../../backends/cpu.js";
import { analyze } from "../../report/index.js";
import { thisMachine } from "../hardware/index.js";
import { findHardware, measureMachine, ridge } from "../index.js";
import { accessPatterns } from "./access-pattern.js";
import { tickingClock, tinyBench } from "./bench.fixture.js";
import { fastest } from "./bench.js";
import { blasLevels } from "./blas-levels.js";
import { copyBandwidth } from "./copy-bandwidth.js";
import { bestRate, gemmRates } from "./gemm-peak.js";
import { measureOptions } from "./this-machine.js";
import { gemmOrders, loopProduct } from "./gemm-orders.js";
import { readHost } from "./host.js";
import { describeMachine } from "./this-machine.js";
import { wasmFeatures } from "./wasm-features.js";

// The ticking clock makes every run last one millisecond: rates are work per millisecond.

test("the fastest run counts, of two or of as many as the time allows", () => {
  const clock = (times: readonly number[]) => {
    let look = 0;
    return () => times[look++];
  };
  expect(fastest(() => undefined, { now: clock([0, 0, 5, 5, 8]), seconds: 0 })).toBe(0.003);
  expect(fastest(() => undefined, { now: clock([0, 0, 5, 5, 8, 8, 10]), seconds: 0.01 })).toBe(0.002);
  let runs = 0;
  fastest(() => runs++, { now: tickingClock(), seconds: 0.02 });
  expect(runs).toBe(10);
});

test("a clock that stands still gives a large number, not an infinite one", () => {
  expect(fastest(() => undefined, { now: () => 7, seconds: 0 })).toBe(1e-6);
});

test("products: 2n³ FLOPs, sizes grow while they are quick", () => {
  const impatient = gemmRates("float64", tinyBench({ seconds: 0.002 })); // the next would take 8 ms
  expect(impatient).toEqual([{ dtype: "float64", n: 2, flopsPerSecond: 16_000 }]);
  const all = gemmRates("float32", tinyBench({ seconds: 0.01 }));
  expect(all.map(({ n }) => n)).toEqual([2, 4]);
  expect(bestRate(all)).toEqual({ dtype: "float32", n: 4, flopsPerSecond: 128_000 });
});

test("copying counts the bytes read and the bytes written", () => {
  expect(copyBandwidth(tinyBench({ copyBytes: 4000 }))).toBe(8e6);
});

test("every order reads every element once", () => {
  const { arrayBytes, patterns } = accessPatterns(tinyBench(), null);
  expect(arrayBytes).toBe(2 ** 14);
  expect(patterns.map(({ strideBytes }) => strideBytes)).toEqual([4, 64, 256, 4096, null]);
  for (const pattern of patterns) {
    expect(pattern).toMatchObject({ secondsPerElement: 0.001 / 2 ** 12, slowdown: 1 });
    expect(pattern.bytesPerSecond).toBe(2 ** 14 * 1000);
  }
});

test("the array is as many caches as asked for, and a power of two", () => {
  expect(accessPatterns(tinyBench({ accessCaches: 4 }), 5 * 2 ** 12).arrayBytes).toBe(2 ** 17);
});

test("BLAS levels: the costs are those of the ops", () => {
  const [dot, gemv, gemm] = blasLevels(tinyBench());
  expect(dot).toMatchObject({
    level: 1,
    op: "dot",
    n: 64,
    flops: 128,
    bytes: 129 * 4,
    flopsPerSecond: 128e3,
  });
  expect(gemv).toMatchObject({ level: 2, n: 8, flops: 128, bytes: (64 + 16) * 4, bytesPerSecond: 320e3 });
  expect(gemm).toMatchObject({ level: 3, n: 8, flops: 1024, bytes: 3 * 64 * 4, flopsPerByte: 1024 / 768 });
});

test("loops and blocks compute the same product", () => {
  const n = 7;
  const a = Float32Array.from({ length: n * n }, (_, i) => (i % 5) - 2);
  const b = Float32Array.from({ length: n * n }, (_, i) => (i % 3) - 1);
  const expected = Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return Array.from({ length: n }, (_x, k) => a[i * n + k] * b[k * n + j]).reduce((x, y) => x + y, 0);
  });
  expect([...loopProduct(a, b, n, n)]).toEqual(expected);
  expect([...loopProduct(a, b, n, 3)]).toEqual(expected);
});

test("three ways of one product", () => {
  const orders = gemmOrders(tinyBench());
  expect(orders.map(({ order, block }) => [order, block])).toEqual([
    ["naive", null],
    ["blocked", 64],
    ["packed", null],
  ]);
  for (const order of orders) expect(order).toMatchObject({ n: 8, flopsPerSecond: 1024e3, speedup: 1 });
});

test("this machine is a device: measured peaks, and what is not measured says so", async () => {
  const steps: string[] = [];
  const machine = await measureMachine(
    measureOptions(tinyBench({ seconds: 0.01, onStep: (what) => steps.push(what) })),
  );
  expect(steps).toEqual(["matrix products in float32", "matrix products in float64", "copying"]);
  expect(machine).toMatchObject({
    id: thisMachine,
    bandwidthBytesPerSecond: 2048e3,
    peakFlopsPerSecond: { float64: 128e3, float32: 128e3, tf32: 128e3, float16: 128e3, bfloat16: 128e3 },
  });
  expect(machine.sources.bfloat16).toContain("half types are widened to float32");
  expect(ridge(machine)).toBe(0.0625);
  const analysis = analyze("gpt2", { seq: 8, dtype: "float32", gpu: machine });
  expect(analysis.settings.gpu).toBe(thisMachine);
  expect(analysis.time.weightReadSeconds).toBeCloseTo((124_439_808 * 4) / 2048e3, 6);
  expect(analysis.notes.join("\n")).toContain("copies at 0.00205 GB/s read and written");
  expect(analysis.notes.join("\n")).not.toMatch(/vendor|CUDA|tensor cores/);
});

test("this machine cannot be looked up", () => {
  expect(() => findHardware("this machine")).toThrow(
    "this-machine must be measured first: gpu: await measureMachine()",
  );
  expect(() => findHardware("this-machin")).toThrow("did you mean this-machine?");
});

test("on the real clock, everything is positive and finite", async () => {
  const bench = tinyBench({ now: () => performance.now() });
  const { peakFlopsPerSecond, bandwidthBytesPerSecond } = await measureMachine(measureOptions(bench));
  const figures = [
    ...Object.values(peakFlopsPerSecond),
    bandwidthBytesPerSecond,
    ...accessPatterns(bench, null).patterns.flatMap(({ bytesPerSecond, slowdown }) => [
      bytesPerSecond,
      slowdown,
    ]),
    ...blasLevels(bench).flatMap(({ flopsPerSecond, bytesPerSecond }) => [flopsPerSecond, bytesPerSecond]),
    ...gemmOrders(bench).flatMap(({ flopsPerSecond, speedup }) => [flopsPerSecond, speedup]),
  ];
  expect(figures.filter((figure) => !(figure > 0 && figure < Infinity))).toEqual([]);
});

test("the host has a processor, cores and memory", () => {
  const { cpu, cores, memoryBytes, lastLevelCacheBytes } = readHost();
  expect(cpu).not.toBe("");
  expect(cores).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(2 ** 28);
  expect(lastLevelCacheBytes ?? 1).toBeGreaterThan(0);
  expect(describeMachine()).toContain(cpu);
  expect(describeMachine()).toContain(process.version);
  expect(describeMachine()).toBe(describeMachine());
});

test("WebAssembly features are those of the runtime", () => {
  const { simd, sharedMemory } = wasmFeatures();
  expect([simd, sharedMemory]).toEqual([true, true]); // every supported Node has them
});
