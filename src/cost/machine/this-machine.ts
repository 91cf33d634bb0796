import { ConfigError } from "../../base/errors.js";
import {
  readOptions,
  requireCount,
  requireFunction,
  requireList,
  requireNumber,
} from "../../base/options.js";
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

/** The part of a bench that `measureMachine` uses. */
export const measureOptions = ({ now, seconds, gemmSizes, copyBytes, onStep }: Bench): MeasureOptions => ({
  now,
  seconds,
  gemmSizes,
  copyBytes,
  onStep,
});

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
 * bandwidth of copying. Takes a second or two, in which nothing else runs. Throws `ConfigError` naming the option
 * that makes no sense.
 *
 * @example
 * analyze("gpt2", { gpu: await measureMachine() }).time.boundSeconds;
 */
export async function measureMachine(options: MeasureOptions = {}): Promise<Hardware> {
  const bench = { ...fullBench, ...checked(options) };
  await whenThreadsReady();
  bench.onStep?.("matrix products in float32");
  const single = bestRate(gemmRates("float32", bench));
  bench.onStep?.("matrix products in float64");
  const double = bestRate(gemmRates("float64", bench));
  bench.onStep?.("copying");
  return asHardware(single, double, copyBandwidth(bench));
}

function checked(options: MeasureOptions): MeasureOptions {
  const op = "measureMachine";
  const given = readOptions(op, options, ["now", "seconds", "gemmSizes", "copyBytes", "onStep"]);
  const { now, seconds, gemmSizes, copyBytes, onStep } = given;
  if (now !== undefined) requireFunction(op, "now", now);
  if (onStep !== undefined) requireFunction(op, "onStep", onStep);
  if (seconds !== undefined) requireNumber(op, "seconds", seconds);
  if (copyBytes !== undefined) requireCount(op, "copyBytes", copyBytes);
  if (gemmSizes === undefined) return given;
  if (requireList(op, "gemmSizes", gemmSizes).length === 0) {
    throw new ConfigError(`${op}: gemmSizes is empty; give one size at least`, { op, key: "gemmSizes" });
  }
  for (const size of gemmSizes) requireCount(op, "a size in gemmSizes", size);
  return given;
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
