/** The element types a device's peak is published for. `tf32` is float32 storage on tensor cores. */
export type PeakType = "float64" | "float32" | "tf32" | "float16" | "bfloat16";

/** A device as its vendor describes it: dense peaks, no sparsity. */
export interface Hardware {
  readonly id: string;
  readonly name: string;
  /** Memory, in decimal gigabytes as the vendor prints it; what a process can allocate differs by a few percent. */
  readonly memoryBytes: number;
  readonly bandwidthBytesPerSecond: number;
  /** Dense peak per element type in FLOP/s, on tensor cores for all but `float32`. */
  readonly peakFlopsPerSecond: Readonly<Record<PeakType, number>>;
  /** Where each number above was published. */
  readonly sources: Readonly<Record<"memoryBytes" | "bandwidthBytesPerSecond" | PeakType, string>>;
}

/** The same source for every number of a device, with exceptions. */
export function sourced(
  document: string,
  exceptions: Partial<Hardware["sources"]> = {},
): Hardware["sources"] {
  return {
    memoryBytes: document,
    bandwidthBytesPerSecond: document,
    float64: document,
    float32: document,
    tf32: document,
    float16: document,
    bfloat16: document,
    ...exceptions,
  };
}
