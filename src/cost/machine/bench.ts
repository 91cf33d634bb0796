/** How hard to measure, and by which clock. Tests bring a clock of their own and tiny sizes. */
export interface Bench {
  /** Milliseconds, as `performance.now()` counts them. */
  readonly now: () => number;
  /** How long one thing is repeated before its fastest run counts. */
  readonly seconds: number;
  /** n of the n × n products, ascending; the ones that would take longer than `seconds` are left out. */
  readonly gemmSizes: readonly number[];
  /** The size of the array that is copied. Beyond the caches. */
  readonly copyBytes: number;
  /** The least size of the array that is read in different orders. */
  readonly accessBytes: number;
  /** How many times the last-level cache it has at least, up to 1 GiB. */
  readonly accessCaches: number;
  /** Elements of the vectors of a dot product. The matrix of a matrix-vector product has as many. */
  readonly vectorElements: number;
  /** n of the n × n products that plain loops, blocks and the engine compute side by side. */
  readonly ordersSize: number;
  /** Told what is measured next. */
  readonly onStep?: ((what: string) => void) | undefined;
}

/** What `lintel doctor` uses: a few seconds in all. */
export const fullBench: Bench = {
  now: () => performance.now(),
  seconds: 0.2,
  gemmSizes: [256, 512, 1024, 2048, 4096],
  copyBytes: 2 ** 28,
  accessBytes: 2 ** 28,
  accessCaches: 4,
  vectorElements: 2 ** 24,
  ordersSize: 1024,
};

/**
 * Seconds of the fastest of several runs, at least two: what the machine can do when nothing disturbs it, and once
 * code is compiled and pages are there.
 */
export function fastest(body: () => unknown, { now, seconds }: Pick<Bench, "now" | "seconds">): number {
  const start = now();
  let best = Infinity;
  let end = start;
  for (let runs = 0; runs < 2 || end - start < seconds * 1000; runs++) {
    const before = now();
    body();
    end = now();
    best = Math.min(best, end - before);
  }
  // Clocks tick in steps: what is faster than a tick took a tick, at most.
  return Math.max(best, 1e-3) / 1000;
}
