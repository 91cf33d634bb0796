import { engines, withEngine, type Engine, type EngineStatus } from "../../backends/engines.js";
import {
  bestRate,
  copyBandwidth,
  gemmRates,
  readHost,
  wasmFeatures,
  type Bench,
  type GemmRate,
  type WasmFeatures,
} from "../../cost/machine/index.js";
import { engineStatus, whenThreadsReady, type WasmBuild } from "../../kernels/index.js";
import { measureMemory, type MemoryReport } from "./memory.js";

export interface EngineReport {
  readonly name: Engine;
  readonly available: boolean;
  /** What it is, or why it is missing. */
  readonly summary: string;
  readonly threads: number | null;
  /** Why it is not faster here: one thread, a slower build. */
  readonly limits: string | null;
  /** The library's file and what it says about itself; only for the native engine. */
  readonly path: string | null;
  readonly version: string | null;
  /** Libraries that were tried before it, or in vain. */
  readonly tried: readonly { readonly file: string; readonly outcome: string }[];
  /** Products of n × n matrices. */
  readonly gemm: readonly GemmRate[];
  /** The fastest of them. */
  readonly peakFlopsPerSecond: { readonly float32: number; readonly float64: number } | null;
}

/** Where arithmetic and memory take equally long, for the fastest engine. */
export interface Ridge {
  readonly peakFlopsPerSecond: number;
  readonly ridgeFlopsPerByte: number;
}

export interface Diagnosis {
  readonly schema: "lintel.doctor/1";
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly lastLevelCacheBytes: number | null;
  /** The fastest that is available: each op takes it where it has a kernel there. */
  readonly engine: Engine;
  readonly wasmBuild: WasmBuild | null;
  /** What the runtime's WebAssembly offers, used or not. */
  readonly wasmFeatures: WasmFeatures;
  readonly engines: readonly EngineReport[];
  /** Of one thread that copies: bytes read plus bytes written. */
  readonly copyBytesPerSecond: number;
  readonly roofline: { readonly float32: Ridge; readonly float64: Ridge };
  readonly memory: MemoryReport | null;
}

/** Looks for engines and measures them. Takes some seconds, in which nothing else runs. */
export async function diagnose(bench: Bench, withMemory: boolean): Promise<Diagnosis> {
  await whenThreadsReady();
  const host = readHost();
  const reports = engines().map((status) => reportOf(status, bench));
  const fastest = reports.find(({ available }) => available)!;
  bench.onStep?.("copying");
  const copyBytesPerSecond = copyBandwidth(bench);
  const ridge = (peakFlopsPerSecond: number): Ridge => ({
    peakFlopsPerSecond,
    ridgeFlopsPerByte: peakFlopsPerSecond / copyBytesPerSecond,
  });
  const peaks = fastest.peakFlopsPerSecond!;
  return {
    schema: "lintel.doctor/1",
    node: process.version,
    platform: host.platform,
    cpu: host.cpu,
    cores: host.cores,
    memoryBytes: host.memoryBytes,
    lastLevelCacheBytes: host.lastLevelCacheBytes,
    engine: fastest.name,
    wasmBuild: engineStatus().build ?? null,
    wasmFeatures: wasmFeatures(),
    engines: reports,
    copyBytesPerSecond,
    roofline: { float32: ridge(peaks.float32), float64: ridge(peaks.float64) },
    memory: withMemory ? measureMemory(bench, host.lastLevelCacheBytes) : null,
  };
}

function reportOf({ name, available, summary, native }: EngineStatus, bench: Bench): EngineReport {
  const rates = (dtype: GemmRate["dtype"]): GemmRate[] => {
    bench.onStep?.(`${name}: matrix products in ${dtype}`);
    return withEngine(name, () => gemmRates(dtype, bench));
  };
  const [single, double] = available ? [rates("float32"), rates("float64")] : [[], []];
  const wasm = name === "wasm" && available ? engineStatus() : undefined;
  return {
    name,
    available,
    summary,
    threads: native?.threads ?? wasm?.threads ?? (available ? 1 : null),
    limits: [wasm?.reason, withoutRelaxed(wasm?.build)].filter((why) => why !== undefined).join("; ") || null,
    path: native?.path ?? null,
    version: native?.config ?? null,
    tried: (native?.tried ?? []).filter(({ outcome }) => outcome !== "used"),
    gemm: [...single, ...double],
    peakFlopsPerSecond: available
      ? { float32: bestRate(single).flopsPerSecond, float64: bestRate(double).flopsPerSecond }
      : null,
  };
}

/** Why the faster WASM build is not in use, where that is so. */
function withoutRelaxed(build: WasmBuild | undefined): string | undefined {
  if (build !== "plain") return undefined;
  const wanted = process.env["LINTEL_WASM"];
  if (wanted === "plain") return "as LINTEL_WASM=plain asks";
  return "this runtime has no relaxed SIMD (Node 22 and newer do)";
}
