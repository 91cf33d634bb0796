import { LintelError } from "../base/errors.js";

/** The part of WebAssembly.Memory that the arena needs. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** Bytes by which memory grows. */
export const PAGE = 65536;
const SLACK = 64; // kernels may read one tile row past their last element

/**
 * The scratch region of one WebAssembly memory. Tensors live outside it, in ordinary typed arrays: a kernel
 * call copies blocks in, computes, copies the result out, and the next call reuses the same bytes. The region
 * grows on demand, and does not shrink, which WebAssembly cannot. Products stay within `limit` however large their
 * operands are; decompositions hold whole matrices, and the largest so far says how much is kept.
 */
export class Arena {
  /** Bytes that one call may use. Drivers cut larger work into blocks. */
  limit = 64 * 2 ** 20;
  /** First byte after the module's static data. */
  readonly start: number;
  f32: Float32Array;
  f64: Float64Array;
  u16: Uint16Array;
  u8: Uint8Array;
  readonly #memory: WasmMemory;

  constructor(memory: WasmMemory, start: number) {
    this.#memory = memory;
    this.start = start;
    this.f32 = new Float32Array(memory.buffer);
    this.f64 = new Float64Array(memory.buffer);
    this.u16 = new Uint16Array(memory.buffer);
    this.u8 = new Uint8Array(memory.buffer);
  }

  /** Size of the whole memory, bytes. */
  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The memory as floats of `width` bytes. Growth replaces the views. */
  reals(width: number): Float32Array | Float64Array {
    return width === 4 ? this.f32 : this.f64;
  }

  /** Makes `bytes` usable from `start` on. Views taken before may be detached by the growth. */
  reserve(bytes: number): void {
    const missing = this.start + bytes + SLACK - this.f32.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / PAGE));
    } catch (cause) {
      const problem = `WebAssembly's scratch memory cannot grow to ${Math.ceil(bytes / 2 ** 20)} MiB (4096 at most)`;
      throw new LintelError(`${problem}; the machine's BLAS and LAPACK need none`, { bytes }, { cause });
    }
    this.f32 = new Float32Array(this.#memory.buffer);
    this.f64 = new Float64Array(this.#memory.buffer);
    this.u16 = new Uint16Array(this.#memory.buffer);
    this.u8 = new Uint8Array(this.#memory.buffer);
  }
}

/** The next multiple of 64 bytes: a cache line, and aligned for every element type. */
export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
