import type { Dims } from "./statements.js";

/** A fixed sequence of integers (a linear congruential generator): the same cases on every machine. */
export class Picker {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return (this.#state >> 8) % limit;
  }
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }
  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
  dims(rank: number, pool: Readonly<Dims> = [1, 1, 2, 3, 12, 64, 768, "B", "n", "h"]): Dims {
    return Array.from({ length: rank }, () => this.one(pool));
  }
  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
  repeat(times: number, make: () => void): void {
    for (let i = 0; i < times; i++) make();
  }
}
