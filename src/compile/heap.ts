import { align } from "../kernels/index.js";

/** Hands out addresses from `start` on; blocks that are given back serve requests of the same size again. */
export class Heap {
  #next: number;
  readonly #free = new Map<number, number[]>();
  readonly #sizes = new Map<number, number>();

  constructor(start: number) {
    this.#next = align(start);
  }

  /** The first byte behind everything that was ever handed out. */
  get end(): number {
    return this.#next;
  }

  /** Bytes that nobody used before and nobody else will use: what must lie there before a program runs. */
  reserve(bytes: number): number {
    const at = this.#next;
    this.#next += align(bytes);
    return at;
  }

  /** Kernels may read and write up to the next multiple of 64 bytes. */
  allocate(bytes: number): number {
    const size = align(bytes);
    const at = this.#free.get(size)?.pop() ?? this.reserve(size);
    this.#sizes.set(at, size);
    return at;
  }

  release(at: number): void {
    const size = this.#sizes.get(at)!;
    const free = this.#free.get(size);
    if (free === undefined) this.#free.set(size, [at]);
    else free.push(at);
  }
}
