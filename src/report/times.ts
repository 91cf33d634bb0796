import { backwardSeconds, forwardTiming, peakFlops, type Hardware, type Trace } from "../cost/index.js";
import type { Times } from "./analysis.js";
import type { Settings } from "./options.js";

/** Bytes per parameter that Adam reads and writes: weight, gradient and two moments in, weight and moments out. */
const adamBytes = 28;

interface Work {
  readonly forward: Trace;
  /** One decoding step after `seq` positions, for models that generate. */
  readonly decode: Trace | undefined;
  readonly weightsBytes: number;
  readonly matmulForward: number;
  readonly matmulBackward: number;
}

const total = (trace: Trace, device: Hardware, { efficiency, tf32 }: Settings): number =>
  trace.ops.reduce((sum, record) => sum + forwardTiming(record, device, { efficiency, tf32 }).seconds, 0);

/** The roofline of one step: every op by itself, one after the other. */
export function timesOf(work: Work, device: Hardware, settings: Settings): Times {
  const { efficiency, tf32, dtype, mode, batch, seq } = settings;
  const { ops, totals } = work.forward;
  const timings = ops.map((record) => forwardTiming(record, device, { efficiency, tf32 }));
  const forwardSeconds = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  const inCompute = timings.reduce((sum, t) => sum + (t.bound === "compute" ? t.seconds : 0), 0);
  const training = mode === "training";
  const bandwidth = device.bandwidthBytesPerSecond * efficiency;
  const backward = training
    ? ops.reduce((sum, record) => sum + backwardSeconds(record, device, { efficiency, tf32 }), 0)
    : 0;
  const optimizerSeconds = training
    ? (Number(work.forward.parameterCount.value()) * adamBytes) / bandwidth
    : 0;
  const boundSeconds = forwardSeconds + backward + optimizerSeconds;
  const contractions = work.matmulForward + (training ? work.matmulBackward : 0);
  return {
    boundSeconds,
    forwardSeconds,
    backwardSeconds: backward,
    optimizerSeconds,
    computeSeconds: contractions / (peakFlops(device, { dtype, tf32 }) * efficiency),
    forwardMemorySeconds: Number(totals.bytesRead.plus(totals.bytesWritten).value()) / bandwidth,
    weightReadSeconds: work.weightsBytes / bandwidth,
    computeBoundFraction: forwardSeconds === 0 ? 0 : inCompute / forwardSeconds,
    bound: inCompute >= forwardSeconds / 2 ? "compute" : "memory",
    tokensPerSecond: (batch * seq) / boundSeconds,
    ridgeFlopsPerByte: peakFlops(device, { dtype, tf32 }) / device.bandwidthBytesPerSecond,
    decodeSeconds: work.decode === undefined ? null : total(work.decode, device, settings),
  };
}

export const noTimes: { readonly [K in keyof Times]: null } = {
  boundSeconds: null,
  forwardSeconds: null,
  backwardSeconds: null,
  optimizerSeconds: null,
  computeSeconds: null,
  forwardMemorySeconds: null,
  weightReadSeconds: null,
  computeBoundFraction: null,
  bound: null,
  tokensPerSecond: null,
  ridgeFlopsPerByte: null,
  decodeSeconds: null,
};
