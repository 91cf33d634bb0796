import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { readOptions, requireNumber } from "../base/options.js";
import { bytesOf, isFloat, type DType } from "../tensor/dtype.js";
import type { Cost } from "../op/define.js";
import { requireCost, requireRecord } from "./checks.js";
import { checkHardware } from "./hardware/hardware.js";
import type { Hardware } from "./hardware/index.js";
import { gradientProducts, keptBy } from "./gradient.js";
import type { OpRecord } from "./record.js";

export interface RooflineOptions {
  /** The dtype that decides the peak. Default `float32`. */
  readonly dtype?: DType;
  /** Lets float32 contractions use the TF32 tensor cores. Default false. */
  readonly tf32?: boolean;
  /** The fraction of every peak, compute and bandwidth alike, that is reached. Default 1: a bound. */
  readonly efficiency?: number;
}

const rooflineOptions = ["dtype", "tf32", "efficiency"] as const satisfies readonly (keyof RooflineOptions)[];

/** Work to be timed. Arithmetic that is not `matmulFlops` runs at the float32 rate outside the tensor cores. */
export interface Work {
  readonly flops: number;
  readonly matmulFlops: number;
  readonly bytes: number;
}

export interface Timing {
  /** The slower of the two below. */
  readonly seconds: number;
  readonly computeSeconds: number;
  readonly memorySeconds: number;
  readonly bound: "compute" | "memory";
}

/**
 * The dense peak for contractions of one dtype, in FLOP/s. Throws `ConfigError` for a dtype that is no float.
 *
 * @example
 * peakFlops(hardware["a100-40gb"], { dtype: "bfloat16" }); // 312000000000000
 */
export function peakFlops(device: Hardware, options: RooflineOptions = {}): number {
  checkHardware("peakFlops", device);
  const { dtype = "float32", tf32 = false } = readOptions("peakFlops", options, rooflineOptions);
  const peaks = device.peakFlopsPerSecond;
  if (dtype === "float32" && tf32) return peaks.tf32;
  if (dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16") {
    return peaks[dtype];
  }
  throw new ConfigError(`${device.name}: no peak is known for ${describe(dtype)}; use a float dtype`, {
    key: "dtype",
    value: dtype,
  });
}

/**
 * FLOPs per byte above which a contraction is bound by arithmetic.
 *
 * @example
 * ridge(hardware["a100-40gb"], { dtype: "bfloat16" }); // 200.6…
 */
export const ridge = (device: Hardware, options: RooflineOptions = {}): number =>
  peakFlops(device, options) / device.bandwidthBytesPerSecond;

/**
 * The least time, in seconds, that work takes on a device: its arithmetic at peak or its bytes at full
 * bandwidth, whichever is slower (Williams, Waterman and Patterson, "Roofline", 2009). Throws `ConfigError`
 * for an efficiency that is not above 0 and at most 1.
 *
 * @example
 * const { totals } = trace(() => matmul(input([4096, 4096]), input([4096, 4096])));
 * roofline(totals, hardware["a100-40gb"], { dtype: "float16" }).seconds; // 0.00044…
 */
export function roofline(subject: Work | Cost, device: Hardware, options: RooflineOptions = {}): Timing {
  const { efficiency = 1 } = readOptions("roofline", options, rooflineOptions);
  const work = asWork("roofline", subject);
  if (!(efficiency > 0 && efficiency <= 1)) {
    throw new ConfigError(`efficiency must be above 0 and at most 1, got ${describe(efficiency)}`, {
      key: "efficiency",
      value: efficiency,
    });
  }
  const contractions = work.matmulFlops / peakFlops(device, options);
  const rest = (work.flops - work.matmulFlops) / device.peakFlopsPerSecond.float32;
  const computeSeconds = (contractions + rest) / efficiency;
  const memorySeconds = work.bytes / device.bandwidthBytesPerSecond / efficiency;
  const bound = computeSeconds >= memorySeconds ? "compute" : "memory";
  return { seconds: Math.max(computeSeconds, memorySeconds), computeSeconds, memorySeconds, bound };
}

/**
 * The float dtype that an op computes in: the widest of its operands.
 *
 * @example
 * dtypeOf(trace(() => exp(zeros([2], { dtype: "float64" }))).records[0]); // "float64"
 */
export function dtypeOf(record: OpRecord): DType {
  requireRecord("dtypeOf", record);
  const { inputs, outputs } = record;
  const floats = [...inputs, ...outputs].map(({ dtype }) => dtype).filter(isFloat);
  return floats.reduce(
    (widest, dtype) => (bytesOf(dtype) > bytesOf(widest) ? dtype : widest),
    floats[0] ?? "float32",
  );
}

function asWork(op: string, subject: Work | Cost): Work {
  if (typeof subject !== "object" || subject === null || !("bytes" in subject)) return workOf(subject, op);
  const { flops, matmulFlops, bytes } = subject;
  for (const [key, value] of Object.entries({ flops, matmulFlops, bytes })) requireNumber(op, key, value);
  return subject;
}

/** A cost as numbers. Throws `ShapeError` while a name has no size. */
export function workOf(cost: Cost, op = "workOf"): Work {
  requireCost(op, cost);
  return {
    flops: Number(cost.flops.value()),
    matmulFlops: Number(cost.matmulFlops.value()),
    bytes: Number(cost.bytesRead.plus(cost.bytesWritten).value()),
  };
}

/**
 * The forward time of one op whose sizes are known, in seconds.
 *
 * @example
 * const { records } = trace(new Linear(64, 256), [input([32, 64])]);
 * forwardTiming(records[0], hardware["a100-40gb"]).bound; // "memory"
 */
export const forwardTiming = (record: OpRecord, device: Hardware, options: RooflineOptions = {}): Timing =>
  roofline(record, device, {
    ...readOptions("forwardTiming", options, rooflineOptions),
    dtype: dtypeOf(record),
  });

/**
 * The backward time of one op, in seconds. A contraction runs its gradient products, each with the op's own
 * FLOPs and bytes; any other op reads the gradient of its result and what was kept, and writes the gradients
 * of its operands.
 *
 * @example
 * const { records } = trace(new Linear(64, 256), [input([32, 64])]);
 * backwardSeconds(records[0], hardware["a100-40gb"]); // 6.91…e-8
 */
export function backwardSeconds(record: OpRecord, device: Hardware, options: RooflineOptions = {}): number {
  requireRecord("backwardSeconds", record);
  readOptions("backwardSeconds", options, rooflineOptions);
  checkHardware("backwardSeconds", device);
  const forward = workOf(record);
  const products = gradientProducts(record);
  const withType = { ...options, dtype: dtypeOf(record) };
  if (products > 0) {
    const one = { ...forward, flops: forward.matmulFlops };
    return products * roofline(one, device, withType).seconds;
  }
  if (!record.outputs.some(({ storage }) => storage.needsGradient)) return 0;
  const kept = keptBy(record).reduce((total, { bytes }) => total + Number(bytes.value()), 0);
  return roofline({ ...forward, bytes: forward.bytes + kept }, device, withType).seconds;
}
