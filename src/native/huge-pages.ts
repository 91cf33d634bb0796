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

const BALLOON = "/sys/bus/virtio/drivers/virtio_balloon";
/** `VIRTIO_BALLOON_F_REPORTING`. */
const REPORTING = 5;

/**
 * Whether this is a virtual machine that gives free memory back to its host, in blocks as large as a huge page: each
 * then costs 512 faults of the host when it is used again, 4.7 ms where that was measured. Small pages are spared.
 */
function returnsFreeMemory(): boolean {
  try {
    const { readdirSync, readFileSync } = process.getBuiltinModule("node:fs");
    const devices = readdirSync(BALLOON).filter((name) => name.startsWith("virtio"));
    return devices.some((name) => readFileSync(`${BALLOON}/${name}/features`, "latin1")[REPORTING] === "1");
  } catch {
    return false; // no such device
  }
}

function bind(): Memory | null {
  if (process.platform !== "linux" || !nativeAllowed() || returnsFreeMemory()) return null;
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
