import "../../backends/cpu.js";
import { engines } from "../../backends/engines.js";
import { engineStatus, whenThreadsReady } from "../../kernels/index.js";
import { sourced, type Hardware } from "../hardware/hardware.js";
import { fullBench, type Bench } from "./bench.js";
import { copyBandwidth } from "./copy-bandwidth.js";
import { bestRate, gemmRates, type GemmRate } from "./gemm-peak.js";
import { readHost } from "./host.js";

/** What `measureMachine` repeats, at which sizes and for how long. */
export type MeasureOptions = Partial<Pick<Bench, "now" | "seconds" | "gemmSizes" | "copyBytes" | "onStep">>;

/** Everything that a measurement depends on: equal descriptions may share one. */
export function describeMachine(): string {
  const { cpu, cores, memoryBytes, runtime, platform } = readHost();
  const used = engines().flatMap(({ available, summary }) => (available ? [summary] : []));
  const { threads } = engineStatus();
  return [
    cpu,
    platform,
    `${cores} cores`,
    `${memoryBytes} bytes`,
    runtime,
    ...used,
    `${threads} threads`,
  ].join("; ");
}

/**
 * This machine as a device to price with: the fastest matrix products of Lintel's best engine, and the
 * bandwidth of copying. Takes a second or two, in which nothing else runs.
 *
 * @example
 * analyze("gpt2", { gpu: await measureMachine() }).time.boundSeconds;
 */
export async function measureMachine(options: MeasureOptions = {}): Promise<Hardware> {
  const bench = { ...fullBench, ...options };
  await whenThreadsReady();
  bench.onStep?.("matrix products in float32");
  const single = bestRate(gemmRates("float32", bench));
  bench.onStep?.("matrix products in float64");
  const double = bestRate(gemmRates("float64", bench));
  bench.onStep?.("copying");
  return asHardware(single, double, copyBandwidth(bench));
}

function asHardware(single: GemmRate, double: GemmRate, bandwidthBytesPerSecond: number): Hardware {
  const { cpu, cores, memoryBytes, runtime } = readHost();
  const engine = engines().find(({ available }) => available)!.summary;
  const product = ({ dtype, n }: GemmRate): string =>
    `measured: ${dtype} product of ${n} × ${n} matrices, ${engine}, ${runtime}`;
  const widened = `${product(single)}; half types are widened to float32`;
  return {
    id: "this-machine",
    name: `this machine (${cpu}, ${cores} core${cores === 1 ? "" : "s"})`,
    memoryBytes,
    bandwidthBytesPerSecond,
    peakFlopsPerSecond: {
      float64: double.flopsPerSecond,
      float32: single.flopsPerSecond,
      tf32: single.flopsPerSecond, // no such units here: it is float32
      float16: single.flopsPerSecond,
      bfloat16: single.flopsPerSecond,
    },
    sources: sourced(product(single), {
      memoryBytes: "the operating system",
      bandwidthBytesPerSecond: `measured: copying a large array, bytes read and written, ${runtime}`,
      float64: product(double),
      float16: widened,
      bfloat16: widened,
    }),
  };
}
