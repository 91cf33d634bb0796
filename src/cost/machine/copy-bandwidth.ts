import { fastest, type Bench } from "./bench.js";

/** Bytes read plus bytes written per second when a large array is copied, by the one thread that copies. */
export function copyBandwidth(bench: Bench): number {
  const source = new Float32Array(bench.copyBytes / 4).fill(1);
  const target = new Float32Array(source.length).fill(1); // written once, so that its pages are there
  const patient = { now: bench.now, seconds: 2 * bench.seconds };
  return (2 * source.byteLength) / fastest(() => target.set(source), patient);
}
