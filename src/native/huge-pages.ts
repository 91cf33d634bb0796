import { nativeAllowed } from "./blas.js";
import { find, loadKoffi, type ForeignFunction } from "./foreign.js";

const PAGE = 4096;
/** `MADV_HUGEPAGE` of <sys/mman.h>. */
const HUGE_PAGES = 14;

interface Memory {
  readonly madvise: ForeignFunction;
  /** Copies nothing here: it tells where an array begins. */
  readonly memmove: ForeignFunction;
}

let memory: Memory | undefined | null;

function bind(): Memory | null {
  if (process.platform !== "linux" || !nativeAllowed()) return null;
  try {
    const libc = loadKoffi().load(null);
    const madvise = find(libc, "madvise", "int", ["void *", "size_t", "int"]);
    const memmove = find(libc, "memmove", "uintptr_t", ["void *", "void *", "size_t"]);
    return madvise === undefined || memmove === undefined ? null : { madvise, memmove };
  } catch {
    return null; // no koffi
  }
}

/**
 * Asks Linux to put a fresh array, not yet written, on huge pages, as NumPy does: 64 MB then cost 32 page faults
 * instead of 16,384. A hint for these bytes alone, without which they are merely slower.
 */
export function adviseHugePages(elements: ArrayBufferView): void {
  if (memory === undefined) memory = bind();
  if (memory === null) return;
  const start = Number(memory.memmove(elements, elements, 0));
  const skip = (PAGE - (start % PAGE)) % PAGE;
  const length = Math.floor((elements.byteLength - skip) / PAGE) * PAGE;
  if (length > 0) {
    memory.madvise(new Uint8Array(elements.buffer, elements.byteOffset + skip, length), length, HUGE_PAGES);
  }
}
