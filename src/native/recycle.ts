import { nativeAllowed } from "./blas.js";
import { find, loadKoffi } from "./foreign.js";

/** What is needed of an allocator: glibc's, in all but tests. */
export interface Heap {
  /** Sets whether blocks that the heap has no room for may become mappings, which go back to the system when freed. */
  readonly allowMappings: (allowed: boolean) => void;
  /** Bytes that the heap holds and nobody uses. */
  readonly freeBytes: () => number;
  /** Returns them to the system, now or on another thread. */
  readonly release: (when: "now" | "aside") => void;
}

/** As long as jemalloc keeps unused pages (`dirty_decay_ms`). */
const IDLE_MS = 10_000;

/** Lets the blocks of large arrays come from the heap, which recycles them, and bounds what it keeps. */
export class Recycler {
  readonly #heap: Heap;
  readonly #mostBytes: number;
  #lastUse = 0;
  #waits = false;

  constructor(heap: Heap, mostBytes: number) {
    this.#heap = heap;
    this.#mostBytes = mostBytes;
  }

  /** What `make` returns, an array of `bytes` bytes. Two that take turns must fit into what is kept. */
  allocate<T>(bytes: number, make: () => T): T {
    if (2 * bytes > this.#mostBytes) return make();
    this.#lastUse = performance.now();
    if (!this.#waits) this.#wait(IDLE_MS);
    // Also within a synchronous loop, where no timer ever ends.
    if (this.#heap.freeBytes() > this.#mostBytes) this.#heap.release("now");
    this.#heap.allowMappings(false);
    try {
      return make();
    } finally {
      this.#heap.allowMappings(true);
    }
  }

  /** Releases what is free when nothing has come for long enough; keeps no process alive. */
  #wait(ms: number): void {
    this.#waits = true;
    const end = (): void => {
      const left = this.#lastUse + IDLE_MS - performance.now();
      if (left > 0) return this.#wait(left);
      this.#waits = false;
      this.#heap.release("aside");
    };
    setTimeout(end, ms).unref();
  }
}

/** Parameters of mallopt in glibc's <malloc.h>, and a default of malloc.c. */
const TRIM_THRESHOLD = -1;
const MMAP_THRESHOLD = -3;
const MMAP_MAX = -4;
const DEFAULT_MMAP_MAX = 65536;

/** From here on glibc maps a block, whatever it has seen before: its DEFAULT_MMAP_THRESHOLD_MAX. */
const ALWAYS_MAPPED_BYTES = 2 ** 25;

/** The fields of `struct mallinfo2`. */
const INFO = [
  "arena",
  "ordblks",
  "smblks",
  "hblks",
  "hblkhd",
  "usmblks",
  "fsmblks",
  "uordblks",
  "fordblks",
  "keepcost",
];

/** Somebody has tuned malloc already: Lintel leaves it alone. */
const tuned = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  Object.keys(environment).some((name) => /^MALLOC_.*_$|^GLIBC_TUNABLES$/.test(name));

/** An eighth of the memory of the machine or container, 1 GiB at most: what may stay with the process for a while. */
function mostKept(): number {
  const machine = process.getBuiltinModule("node:os").totalmem();
  const container = process.constrainedMemory() || machine;
  return Math.min(2 ** 30, Math.floor(Math.min(machine, container) / 8));
}

/** Whether large arrays come from glibc's main heap: other threads have arenas of 64 MiB, other runtimes allocators. */
function usesMainHeap(): boolean {
  const { platform, versions } = process;
  const { isMainThread } = process.getBuiltinModule("node:worker_threads");
  return (
    platform === "linux" && isMainThread && versions["bun"] === undefined && versions["deno"] === undefined
  );
}

/** glibc from 2.33 on, told to keep a part of the memory; null where it is not what allocates, or not to be reached. */
function bindGlibc(): Recycler | null {
  if (!usesMainHeap() || !nativeAllowed() || tuned(process.env)) return null;
  try {
    const koffi = loadKoffi();
    const libc = koffi.load(null);
    const mallopt = find(libc, "mallopt", "int", ["int", "int"]);
    const trim = find(libc, "malloc_trim", "int", ["size_t"]);
    const structure = koffi.struct(Object.fromEntries(INFO.map((field) => [field, "size_t"])));
    const mallinfo2 = find(libc, "mallinfo2", structure, []);
    if (mallopt === undefined || trim?.async === undefined || mallinfo2 === undefined) return null;
    const mostBytes = mostKept();
    // The first call ends the adaptation of these limits; they become what it would have made of them.
    mallopt(MMAP_THRESHOLD, ALWAYS_MAPPED_BYTES);
    mallopt(TRIM_THRESHOLD, mostBytes);
    const heap: Heap = {
      allowMappings: (allowed) => void mallopt(MMAP_MAX, allowed ? DEFAULT_MMAP_MAX : 0),
      freeBytes: () => (mallinfo2() as { readonly fordblks: number }).fordblks,
      release: (when) => void (when === "now" ? trim(0) : trim.async!(0, () => {})),
    };
    return new Recycler(heap, mostBytes);
  } catch {
    return null; // no koffi
  }
}

let recycler: Recycler | undefined | null;

/**
 * What `make` returns, a fresh array of `bytes` bytes, on memory that the process keeps when the array is collected.
 * An ordinary array, and ordinary where the machine offers nothing better.
 */
export function allocateRecycled<T>(bytes: number, make: () => T): T {
  if (recycler === undefined) recycler = bindGlibc();
  return recycler === null ? make() : recycler.allocate(bytes, make);
}
