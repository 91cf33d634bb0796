// Memory for results. Writing to a fresh page costs about 2 ns an element (a fault, and zeros from the kernel), as much
// as exp; so results should lie on pages that are in use already, or on few large ones.
import { native } from "#native";
import { allocate, type DType, type Elements } from "../tensor/dtype.js";

/** From here on a result is asked to lie on huge pages: NumPy's limit. */
const LARGE_BYTES = 2 ** 22;
/** Smaller blocks are recycled by every allocator. */
const SMALL_BYTES = 2 ** 16;
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

/** A zero-filled array for a result. Throws `ShapeError` when the machine has no room for it. */
export function allocateResult(dtype: DType, length: number): Elements {
  const elements = allocate(dtype, length);
  if (elements.byteLength < SMALL_BYTES) return elements;
  if (!shown) showLargeBlock();
  if (elements.byteLength >= LARGE_BYTES) native.adviseHugePages(elements);
  return elements;
}
