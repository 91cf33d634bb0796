// Memory for results. Writing to a fresh page costs about 2 ns an element (a fault, and zeros from the kernel), as much
// as exp; so results should lie on pages that are in use already, or on few large ones.
import { native } from "#native";
import { allocate, bytesOf, sliceOf, type DType, type Elements } from "../tensor/dtype.js";

/** From here on a result comes from the heap, and is asked to lie on huge pages: NumPy's limit for these. */
const LARGE_BYTES = 2 ** 22;
/** Just below the largest block that glibc ever recycles, 32 MiB. */
const EXAMPLE_BYTES = 2 ** 25 - 2 ** 16;

let shown = false;

/**
 * glibc gives memory back to the system as soon as V8 frees it, until it has seen a large block freed: it then
 * recycles blocks up to that size. So one is allocated, never written and dropped; it costs address space only.
 */
function showLargeBlock(): void {
  shown = true;
  void new ArrayBuffer(EXAMPLE_BYTES);
}

/** Results up to here share blocks: memory of its own costs a result of 64 elements more than computing it. */
const TINY_BYTES = 2 ** 10;
const BLOCK_BYTES = 2 ** 13;

let block = new ArrayBuffer(0);
let used = 0;

/** The next bytes of a block that is never used twice, so they are zero; who keeps one result keeps its block. */
function allocateTiny(dtype: DType, length: number): Elements {
  const bytes = length * bytesOf(dtype);
  if (used + bytes > block.byteLength) {
    block = new ArrayBuffer(BLOCK_BYTES);
    used = 0;
  }
  const elements = sliceOf(dtype, block, used, length);
  used += Math.ceil(bytes / 16) * 16;
  return elements;
}

/** A zero-filled array for a result. Throws `ShapeError` when the machine has no room for it. */
export function allocateResult(dtype: DType, length: number): Elements {
  const bytes = length * bytesOf(dtype);
  if (bytes <= TINY_BYTES) return allocateTiny(dtype, length);
  if (!shown) showLargeBlock();
  if (bytes < LARGE_BYTES) return allocate(dtype, length);
  const elements = native.allocateRecycled(bytes, () => allocate(dtype, length));
  native.adviseHugePages(elements);
  return elements;
}
