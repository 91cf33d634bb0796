import { LintelError } from "../base/errors.js";
import { instantiateAlone, wasmBuild, type Kernels } from "../kernels/index.js";
import type { Elements } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { Heap } from "./heap.js";

/**
 * A WebAssembly memory in which parameters stay, so that no product copies them again. It is garbage like any other
 * object: nothing to free.
 */
export class Residence {
  readonly kernels: Kernels;
  /** Where a program may put everything else. */
  readonly end: number;
  readonly #addresses: ReadonlyMap<Elements, number>;
  readonly #mostBytes: number;

  /** Throws `LintelError` without WebAssembly, for parameters that are not float32 data, and beyond `mostBytes`. */
  constructor(parameters: readonly Tensor[], mostBytes: number) {
    const other = parameters.find(({ device, dtype }) => device !== "cpu" || dtype !== "float32");
    if (other !== undefined) {
      throw new LintelError(`no program reads ${other.dtype} on '${other.device}'`, { dtype: other.dtype });
    }
    const build = wasmBuild();
    const kernels = build && instantiateAlone(build);
    if (kernels === undefined) throw new LintelError("no WebAssembly here", {});
    this.kernels = kernels;
    this.#mostBytes = mostBytes;
    const heap = new Heap(kernels.arena.start);
    const arrays = new Set(parameters.map((x) => x.elements));
    this.#addresses = new Map([...arrays].map((array) => [array, heap.reserve(array.byteLength)]));
    this.end = heap.end;
    this.reserve(heap.end);
    this.refresh();
  }

  /** Whether its kernels are those in use. */
  get isCurrent(): boolean {
    return this.kernels.build === wasmBuild();
  }

  get byteLength(): number {
    return this.kernels.arena.byteLength;
  }

  /** Makes addresses up to `end` usable. Throws `LintelError` beyond the limit. */
  reserve(end: number): void {
    const { arena } = this.kernels;
    if (end > this.#mostBytes) {
      throw new LintelError(`${end} bytes of WebAssembly memory are more than ${this.#mostBytes}`, { end });
    }
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
