import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import pico from "picocolors";
import { engines, withEngine, type Engine, type EngineStatus } from "../../backends/engines.js";
import { wasmBuild } from "../../kernels/index.js";
import { matmul } from "../../ops/matmul/op.js";
import { randn } from "../../tensor/create.js";
import type { Io } from "../io.js";

export function addDoctor(program: Command, io: Io): void {
  program
    .command("doctor")
    .description("what this machine offers and what Lintel uses of it, measured")
    .option("--memory", "also read memory in order and with strides")
    .option("--json", "one object")
    .action((flags: { readonly json?: boolean; readonly memory?: boolean }) => {
      const diagnosis = diagnose(flags.memory === true);
      io.stdout(flags.json === true ? `${JSON.stringify(diagnosis, null, 2)}\n` : asText(diagnosis, io));
    });
}

interface EngineReport {
  readonly name: Engine;
  readonly available: boolean;
  /** What it is, or why it is missing. */
  readonly summary: string;
  readonly threads: number | null;
  /** Products of float32 matrices, n × n, the best of several runs. */
  readonly gemm: readonly { readonly n: number; readonly flopsPerSecond: number }[];
}

interface Diagnosis {
  readonly schema: "lintel.doctor/1";
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** The fastest that is available: each op takes it where it has a kernel there. */
  readonly engine: Engine;
  readonly wasmBuild: string | null;
  readonly engines: readonly EngineReport[];
  readonly memory: readonly { readonly strideBytes: number; readonly bytesPerSecond: number }[] | null;
}

function diagnose(withMemory: boolean): Diagnosis {
  const found = engines();
  return {
    schema: "lintel.doctor/1",
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    engine: found.find(({ available }) => available)!.name,
    wasmBuild: wasmBuild() ?? null,
    engines: found.map(measured),
    memory: withMemory
      ? [4, 64, 4096].map((strideBytes) => ({ strideBytes, bytesPerSecond: readRate(strideBytes) }))
      : null,
  };
}

function measured({ name, available, summary, native }: EngineStatus): EngineReport {
  const sizes = name === "reference" ? [128] : [256, 512, 1024];
  const gemm = available
    ? sizes.map((n) => ({ n, flopsPerSecond: withEngine(name, () => gemmRate(n)) }))
    : [];
  const why = name === "wasm" ? `${summary}${withoutRelaxed()}` : summary;
  return { name, available, summary: why, threads: native?.threads ?? null, gemm };
}

/** Why the faster WASM build is not in use, where that is so. */
function withoutRelaxed(): string {
  const wanted = process.env["LINTEL_WASM"];
  if (wanted !== undefined && wanted !== "" && wanted !== "auto") return `, as LINTEL_WASM=${wanted} asks`;
  return wasmBuild() === "plain" ? "; this runtime has no relaxed SIMD (Node 22 and newer do)" : "";
}

/** Seconds of the fastest of several runs: what the machine can do when nothing disturbs it. */
function fastest(body: () => void, budget = 0.25): number {
  body(); // compiled and warm
  let best = Infinity;
  for (const start = performance.now(); performance.now() - start < budget * 1000;) {
    const before = performance.now();
    body();
    best = Math.min(best, performance.now() - before);
  }
  return best / 1000;
}

function gemmRate(n: number): number {
  const [a, b] = [randn([n, n], { seed: 1 }), randn([n, n], { seed: 2 })];
  return (2 * n ** 3) / fastest(() => void matmul(a, b));
}

const readElements = 2 ** 24; // 64 MiB of float32, more than the caches hold

function sumEvery(values: Float32Array, step: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += step) sum += values[i];
  return sum;
}

/** Useful bytes per second when one float32 of every `strideBytes` is read. */
function readRate(strideBytes: number): number {
  const values = new Float32Array(readElements).fill(1);
  const step = strideBytes / 4;
  let sum = 0;
  const seconds = fastest(() => {
    sum = sumEvery(values, step);
  });
  return (sum * 4) / seconds; // ones: their sum is how many were read
}

function asText(diagnosis: Diagnosis, io: Io): string {
  const paint = pico.createColors(io.color);
  const gib = (diagnosis.memoryBytes / 2 ** 30).toFixed(1);
  const gigaflops = ({ gemm }: EngineReport): string =>
    gemm.map(({ n, flopsPerSecond }) => `${(flopsPerSecond / 1e9).toFixed(1)} at n = ${n}`).join(", ");
  const rows: [string, string][] = [
    ["Node", `${diagnosis.node}, ${diagnosis.platform}`],
    ["CPU", `${diagnosis.cpu}, ${diagnosis.cores} cores available, ${gib} GiB of memory`],
    ...diagnosis.engines.flatMap((report): [string, string][] => [
      [report.name, `${report.available ? paint.green("✔") : paint.red("✘")} ${report.summary}`],
      ...(report.available
        ? [["", `  matmul, float32, GFLOP/s: ${gigaflops(report)}`] satisfies [string, string]]
        : []),
    ]),
    ...(diagnosis.memory ?? []).map(({ strideBytes, bytesPerSecond }): [string, string] => [
      `read /${strideBytes}`,
      `${(bytesPerSecond / 1e9).toFixed(2)} GB/s of useful float32, one every ${strideBytes} bytes`,
    ]),
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, value]) => `${paint.bold(key.padEnd(width))}  ${value}\n`).join("");
}
