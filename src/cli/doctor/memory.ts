import {
  accessPatterns,
  blasLevels,
  gemmOrders,
  type AccessPatterns,
  type Bench,
  type BlasLevel,
  type GemmOrder,
} from "../../cost/machine/index.js";

/** What memory does to speed: the order of reading, the arithmetic per byte, the order of computing. */
export interface MemoryReport {
  readonly access: AccessPatterns;
  readonly blasLevels: readonly BlasLevel[];
  readonly gemmOrders: readonly GemmOrder[];
}

export function measureMemory(bench: Bench, cacheBytes: number | null): MemoryReport {
  bench.onStep?.("reading in order, with strides, scattered");
  const access = accessPatterns(bench, cacheBytes);
  bench.onStep?.("BLAS levels 1, 2 and 3");
  const levels = blasLevels(bench);
  bench.onStep?.("one product in plain loops, in blocks, packed");
  return { access, blasLevels: levels, gemmOrders: gemmOrders(bench) };
}
