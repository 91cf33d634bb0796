import { LintelError } from "../base/errors.js";
import {
  engineStatus,
  instantiateAlone,
  threadsOver,
  wasmBuild,
  type Kernels,
  type ThreadPool,
} from "../kernels/index.js";
import type { Elements } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { Heap } from "./heap.js";

/** Bytes of parameters from which a step reads more than the caches hold, so that other threads help. */
const MANY_BYTES = 2 ** 24;

/** Threads keep their memory, and a memory without an owner needs no threads. */
const abandoned = new FinalizationRegistry<ThreadPool>((pool) => pool.close());

/** A WebAssembly memory in which parameters stay, so that no product copies them again. */
export class Residence {
  readonly kernels: Kernels;
  /** The threads that read it too, where the parameters are many. */
  readonly pool: ThreadPool | undefined;
  /** Where a program may put everything else. */
  readonly end: number;
  readonly #addresses: ReadonlyMap<Elements, number>;
  readonly #makeRoom: (bytes: number) => void;
  readonly #threads: number;

  /**
   * `makeRoom` hears how many bytes the memory will have before it takes them, `mostBytes` at most, and may throw. Throws `LintelError` without
   * WebAssembly, for parameters that are not float32 data, and when memory cannot grow.
   */
  constructor(parameters: readonly Tensor[], mostBytes: number, makeRoom: (bytes: number) => void) {
    const other = parameters.find(({ device, dtype }) => device !== "cpu" || dtype !== "float32");
    if (other !== undefined) {
      throw new LintelError(`no program reads ${other.dtype} on '${other.device}'`, { dtype: other.dtype });
    }
    const arrays = new Set(parameters.map((x) => x.elements));
    const bytes = [...arrays].reduce((sum, array) => sum + array.byteLength, 0);
    const build = wasmBuild();
    makeRoom(bytes); // before memory is taken that is then given up again
    this.pool = bytes < MANY_BYTES ? undefined : threadsOver(mostBytes);
    const kernels = this.pool?.kernels ?? (build && instantiateAlone(build));
    if (kernels === undefined) throw new LintelError("no WebAssembly here", {});
    if (this.pool !== undefined) abandoned.register(this, this.pool, this);
    this.kernels = kernels;
    this.#makeRoom = makeRoom;
    this.#threads = engineStatus().threads;
    const heap = new Heap(kernels.arena.start);
    this.#addresses = new Map([...arrays].map((array) => [array, heap.reserve(array.byteLength)]));
    this.end = heap.end;
    this.reserve(heap.end);
    this.refresh();
  }

  /** Whether its kernels and threads are those in use. */
  get isCurrent(): boolean {
    return (
      this.kernels.build === wasmBuild() &&
      this.#threads === engineStatus().threads &&
      this.pool?.lost !== true
    );
  }

  /** Stops the threads; the memory is garbage like any other. */
  close(): void {
    this.pool?.close();
    abandoned.unregister(this);
  }

  get byteLength(): number {
    return this.kernels.arena.byteLength;
  }

  /** Makes addresses up to `end` usable. */
  reserve(end: number): void {
    const { arena } = this.kernels;
    this.#makeRoom(Math.max(end, arena.byteLength));
    arena.reserve(end - arena.start);
  }

  /** Copies all parameters again: their arrays may have been written to. */
  refresh(): void {
    const { f32 } = this.kernels.arena;
    for (const [array, at] of this.#addresses) f32.set(array as Float32Array, at / 4);
  }

  addressOf(array: Elements): number | undefined {
    return this.#addresses.get(array);
  }
}
