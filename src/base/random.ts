import { describe } from "./describe.js";
import { ConfigError } from "./errors.js";

/**
 * A stream of random numbers that depends on nothing but its seed: the same on every machine, backend and
 * thread count.
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * 2018), seeded by SplitMix32 so that nearby seeds give unrelated streams.
 *
 * @example
 * const random = new Random(7);
 * [random.integer(0, 10), random.uniform()]; // [9, 0.37967…]
 */
export class Random {
  readonly #state = new Uint32Array(4);
  #spareNormal: number | undefined;

  constructor(seed: number) {
    if (typeof seed !== "number" || Number.isNaN(seed)) {
      throw new ConfigError(`a seed must be a number, got ${describe(seed)}`, { key: "seed", value: seed });
    }
    // Both halves of the seed count, so that 1, 2**32 + 1 and 1.5 differ.
    const bits = new Uint32Array(new Float64Array([seed]).buffer);
    let mixed = (bits[0] ^ Math.imul(bits[1], 0x85ebca6b)) >>> 0;
    for (let i = 0; i < 4; i++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let z = mixed;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  /**
   * The next 32 bits, as an integer in [0, 2³²).
   *
   * @example
   * new Random(7).bits(); // 3982386385
   */
  bits(): number {
    const s = this.#state;
    const scrambled = Math.imul(s[1], 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /**
   * Uniform in [0, 1) with 53 random bits.
   *
   * @example
   * new Random(7).uniform(); // 0.92722…
   */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /**
   * Uniform integer in [low, high), without modulo bias. Throws `ConfigError` when there is none, or a bound is
   * beyond 2⁵³.
   *
   * @example
   * new Random(7).integer(0, 10); // 9
   */
  integer(low: number, high: number): number {
    checkRange("integer", low, high);
    return low + Math.floor(this.uniform() * (high - low));
  }

  /**
   * Standard normal, by Marsaglia's polar method (1964).
   *
   * @example
   * new Random(7).normal(); // 0.66446…
   */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const radius = u * u + v * v;
      if (radius === 0 || radius >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(radius)) / radius);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }
}

/** Fails unless some integer is in [low, high) and every one of them is exact. */
export function checkRange(op: string, low: number, high: number): void {
  for (const bound of [low, high]) {
    if (Number.isSafeInteger(bound)) continue;
    throw new ConfigError(`${op}: bounds must be integers, got ${describe(bound)}`, { op, low, high });
  }
  if (high <= low) throw new ConfigError(`${op}: the range [${low}, ${high}) is empty`, { op, low, high });
}
