/** The machine as its operating system describes it. */
export interface Host {
  readonly cpu: string;
  /** Processors that this process may use. */
  readonly cores: number;
  /** What this process may use, where a container limits it. */
  readonly memoryBytes: number;
  /** The largest cache, where the system tells. */
  readonly lastLevelCacheBytes: number | null;
  readonly runtime: string;
  readonly platform: string;
}

interface Navigator {
  readonly hardwareConcurrency?: number;
  /** In GiB, rounded and at most 8, where the browser tells it at all. */
  readonly deviceMemory?: number;
}

/** Reads what there is to know. */
export function readHost(): Host {
  if (typeof process === "undefined" || process.getBuiltinModule === undefined) return browser();
  const { availableParallelism, cpus, totalmem } = process.getBuiltinModule("node:os");
  const limit = process.constrainedMemory();
  const total = totalmem();
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: limit > 0 && limit < total ? limit : total, // without a limit it is 0 or beyond all memory
    lastLevelCacheBytes: lastLevelCache(),
    runtime: `Node ${process.version}`,
    platform: `${process.platform} ${process.arch}`,
  };
}

function browser(): Host {
  const { navigator = {} } = globalThis as { readonly navigator?: Navigator };
  return {
    cpu: "a browser",
    cores: navigator.hardwareConcurrency ?? 1,
    memoryBytes: (navigator.deviceMemory ?? 4) * 2 ** 30,
    lastLevelCacheBytes: null,
    runtime: "a browser",
    platform: "web",
  };
}

/** Linux lists the caches of the first processor: `32768K`. */
function lastLevelCache(): number | null {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  for (const index of [3, 2]) {
    try {
      const text = readFileSync(`/sys/devices/system/cpu/cpu0/cache/index${index}/size`, "utf8");
      const kibibytes = /^(\d+)K\s*$/.exec(text)?.[1];
      if (kibibytes !== undefined) return Number(kibibytes) * 1024;
    } catch {
      continue; // another system, or a cache that it does not list
    }
  }
  return null;
}
