import type { Reals } from "../operand.js";
import { newIntegers, type Integers, type Workspaces } from "./fortran.js";

/** Bytes that stay allocated between calls. A larger workspace lives for one call. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

/** Named pieces of memory that calls use again: what a slot held is lost when it is asked for anew. */
export class Scratch implements Workspaces {
  readonly #kept = new Map<string, Reals | Integers>();
  readonly #Values: Float32ArrayConstructor | Float64ArrayConstructor;
  readonly #integerBits: 32 | 64;

  constructor(Values: Float32ArrayConstructor | Float64ArrayConstructor, integerBits: 32 | 64) {
    this.#Values = Values;
    this.#integerBits = integerBits;
  }

  /** Exactly `length` elements of any values. */
  reals(slot: string, length: number): Reals {
    return this.#take(slot, length, () => new this.#Values(length));
  }

  integers(slot: string, length: number): Integers {
    return this.#take(slot, length, () => newIntegers(this.#integerBits, length));
  }

  #take<T extends Reals | Integers>(slot: string, length: number, allocate: () => T): T {
    const kept = this.#kept.get(slot) as T | undefined;
    if (kept !== undefined && kept.length >= length) {
      return (kept.length === length ? kept : kept.subarray(0, length)) as T;
    }
    const fresh = allocate();
    this.#kept.delete(slot);
    let bytes = fresh.byteLength;
    for (const other of this.#kept.values()) bytes += other.byteLength;
    if (bytes <= MOST_KEPT_BYTES) this.#kept.set(slot, fresh);
    return fresh;
  }
}
