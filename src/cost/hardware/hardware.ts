import { describe } from "../../base/describe.js";
import { ConfigError } from "../../base/errors.js";

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

const peakTypes = [
  "float64",
  "float32",
  "tf32",
  "float16",
  "bfloat16",
] as const satisfies readonly PeakType[];

/** Fails unless `device` has the numbers that a cost is timed with. */
export function checkHardware(op: string, device: Hardware): void {
  if (typeof device !== "object" || device === null) {
    throw new ConfigError(
      `${op}: takes a device, such as hardware["a100-40gb"] or await measureMachine(), got ${describe(device)}`,
      { op, key: "gpu", value: device },
    );
  }
  const { memoryBytes, bandwidthBytesPerSecond, peakFlopsPerSecond: peaks } = device;
  const numbers: Readonly<Record<string, number | undefined>> = {
    memoryBytes,
    bandwidthBytesPerSecond,
    ...Object.fromEntries(peakTypes.map((type) => [`peakFlopsPerSecond.${type}`, peaks?.[type]])),
  };
  for (const [key, value] of Object.entries(numbers)) {
    if (value !== undefined && value > 0) continue;
    throw new ConfigError(`${op}: ${key} of a device is a number above 0, got ${describe(value)}`, {
      op,
      key,
      value,
    });
  }
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
