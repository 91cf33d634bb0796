import type { Bench } from "./bench.js";

/** A clock that goes on by one millisecond at every look. */
export function tickingClock(): () => number {
  let time = 0;
  return () => time++;
}

/** Sizes that take no time, and a clock that does not depend on the machine. */
export const tinyBench = (changes: Partial<Bench> = {}): Bench => ({
  now: tickingClock(),
  seconds: 0,
  gemmSizes: [2, 4],
  copyBytes: 1024,
  accessBytes: 2 ** 14,
  accessCaches: 0,
  vectorElements: 64,
  ordersSize: 8,
  ...changes,
});
