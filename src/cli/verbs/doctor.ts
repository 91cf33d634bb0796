import { availableParallelism, cpus, totalmem } from "node:os";
import type { Command } from "commander";
import pico from "picocolors";
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

interface Diagnosis {
  readonly schema: "lintel.doctor/1";
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly engine: {
    readonly kind: "wasm" | "reference";
    readonly build: string | null;
    readonly reason: string;
  };
  /** Matrix products of float32, n × n, the best of several runs. */
  readonly gemm: readonly { readonly n: number; readonly flopsPerSecond: number }[];
  readonly memory: readonly { readonly strideBytes: number; readonly bytesPerSecond: number }[] | null;
}

function diagnose(withMemory: boolean): Diagnosis {
  return {
    schema: "lintel.doctor/1",
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    engine: engine(),
    gemm: [256, 512, 768].map((n) => ({ n, flopsPerSecond: gemmRate(n) })),
    memory: withMemory
      ? [4, 64, 4096].map((strideBytes) => ({ strideBytes, bytesPerSecond: readRate(strideBytes) }))
      : null,
  };
}

function engine(): Diagnosis["engine"] {
  const build = wasmBuild();
  const wanted = process.env["LINTEL_WASM"];
  if (build === undefined) {
    const reason =
      wanted === "off"
        ? "LINTEL_WASM=off: plain loops in JavaScript"
        : "no WebAssembly SIMD here: plain loops in JavaScript";
    return { kind: "reference", build: null, reason };
  }
  const forced =
    wanted === undefined || wanted === "" || wanted === "auto" ? "" : `, as LINTEL_WASM=${wanted} asks`;
  const reason =
    build === "relaxed"
      ? `relaxed SIMD with fused multiply-add${forced}`
      : forced === ""
        ? "SIMD; this runtime has no relaxed SIMD (Node 22 and newer do)"
        : `SIMD${forced}`;
  return { kind: "wasm", build, reason };
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
  const { engine: used } = diagnosis;
  const rows: [string, string][] = [
    ["Node", `${diagnosis.node}, ${diagnosis.platform}`],
    ["CPU", `${diagnosis.cpu}, ${diagnosis.cores} cores available, ${gib} GiB of memory`],
    ["Engine", used.kind === "wasm" ? `WASM ${used.build}: ${used.reason}` : used.reason],
    ...diagnosis.gemm.map(({ n, flopsPerSecond }): [string, string] => [
      `matmul ${n}`,
      `${(flopsPerSecond / 1e9).toFixed(1)} GFLOP/s, float32, ${n} × ${n} × ${n}`,
    ]),
    ...(diagnosis.memory ?? []).map(({ strideBytes, bytesPerSecond }): [string, string] => [
      `read /${strideBytes}`,
      `${(bytesPerSecond / 1e9).toFixed(2)} GB/s of useful float32, one every ${strideBytes} bytes`,
    ]),
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, value]) => `${paint.bold(key.padEnd(width))}  ${value}\n`).join("");
}
