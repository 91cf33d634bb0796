import { matmul } from "../../ops/matmul/op.js";
import { full } from "../../tensor/create.js";
import { fastest, type Bench } from "./bench.js";

/** A measured product of two n × n matrices. */
export interface GemmRate {
  readonly dtype: "float32" | "float64";
  readonly n: number;
  readonly flopsPerSecond: number;
}

/**
 * How fast matrix products run at growing sizes, on the engine in charge. Sizes whose product would take longer than
 * the bench gives to each measurement are left out, but for the first.
 */
export function gemmRates(dtype: GemmRate["dtype"], bench: Bench): GemmRate[] {
  const rates: GemmRate[] = [];
  for (const n of bench.gemmSizes) {
    const flops = 2 * n ** 3;
    const last = rates.at(-1);
    if (last !== undefined && flops / last.flopsPerSecond > bench.seconds) break;
    const [a, b] = [full([n, n], 0.5, { dtype }), full([n, n], 0.25, { dtype })];
    rates.push({ dtype, n, flopsPerSecond: flops / fastest(() => matmul(a, b), bench) });
  }
  return rates;
}

/** The fastest of them. */
export const bestRate = (rates: readonly GemmRate[]): GemmRate =>
  rates.reduce((best, rate) => (rate.flopsPerSecond > best.flopsPerSecond ? rate : best));
