import { fastest, type Bench } from "./bench.js";

/** One order of reading every element of an array once. */
export interface AccessPattern {
  /** From each element to the next one read; `null` for no order at all. */
  readonly strideBytes: number | null;
  readonly secondsPerElement: number;
  /** Useful bytes: the elements, whatever part of a cache line they are. */
  readonly bytesPerSecond: number;
  /** Times as slow as reading in order. */
  readonly slowdown: number;
}

export interface AccessPatterns {
  readonly arrayBytes: number;
  readonly patterns: readonly AccessPattern[];
}

// Whole numbers, because adding them is so quick that what takes time is the reading.

function sumInOrder(values: Int32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i + 3 < values.length; i += 4) {
    a = (a + values[i]) | 0;
    b = (b + values[i + 1]) | 0;
    c = (c + values[i + 2]) | 0;
    d = (d + values[i + 3]) | 0;
  }
  return a + b + c + d;
}

/** Down the columns of a row-major matrix whose rows have `step` elements. */
function sumInSteps(values: Int32Array, step: number): number {
  let sum = 0;
  for (let column = 0; column < step; column++) {
    for (let i = column; i < values.length; i += step) sum = (sum + values[i]) | 0;
  }
  return sum;
}

/** Every element once, in an order without locality: an odd step modulo a power of two. */
function sumScattered(values: Int32Array): number {
  const mask = values.length - 1;
  let sum = 0;
  for (let i = 0, at = 0; i < values.length; i++, at = (at + 0x9e3779b1) & mask) sum = (sum + values[at]) | 0;
  return sum;
}

const strides = [64, 256, 4096];

/** Reads an array several times larger than the last-level cache in order, with strides, and scattered. */
export function accessPatterns(bench: Bench, cacheBytes: number | null): AccessPatterns {
  const caches = Math.min(bench.accessCaches * (cacheBytes ?? 0), 2 ** 30);
  const wanted = Math.max(bench.accessBytes, caches);
  const values = new Int32Array(2 ** Math.ceil(Math.log2(wanted)) / 4).fill(1);
  const once = { now: bench.now, seconds: 0 }; // two runs of a second each are enough
  const seconds = (sum: (values: Int32Array) => number): number =>
    fastest(() => {
      if (sum(values) !== values.length) throw new Error("an element was not read once");
    }, once);
  const inOrder = seconds(sumInOrder);
  const pattern = (strideBytes: number | null, time: number): AccessPattern => ({
    strideBytes,
    secondsPerElement: time / values.length,
    bytesPerSecond: values.byteLength / time,
    slowdown: time / inOrder,
  });
  return {
    arrayBytes: values.byteLength,
    patterns: [
      pattern(4, inOrder),
      ...strides.map((stride) =>
        pattern(
          stride,
          seconds((all) => sumInSteps(all, stride / 4)),
        ),
      ),
      pattern(null, seconds(sumScattered)),
    ],
  };
}
