import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { find, loadKoffi, type ForeignFunction } from "./foreign.js";
import { allocateRecycled, Recycler, type Heap } from "./recycle.js";

/** A heap that writes down what it is told. */
function fakeHeap(free: () => number = () => 0): { readonly heap: Heap; readonly told: string[] } {
  const told: string[] = [];
  const heap: Heap = {
    allowMappings: (allowed) => told.push(allowed ? "mappings" : "no mappings"),
    freeBytes: free,
    release: (when) => told.push(`release ${when}`),
  };
  return { heap, told };
}

// The first test: garbage of others, collected in between, would change the counts.
test("glibc takes a large array from its heap, and maps what others ask for, as before", (context) => {
  const info = mallinfo2();
  if (info === undefined) return context.skip("no koffi, or not glibc 2.33 or newer");
  allocateRecycled(2 ** 22, () => new ArrayBuffer(2 ** 22)); // the first one sets the limits
  // More than lies free in the heap, which serves everybody.
  const bytes = info().fordblks + 2 ** 26;
  const before = info();
  const recycled = allocateRecycled(bytes, () => new ArrayBuffer(bytes));
  const between = info();
  const mapped = new ArrayBuffer(bytes);
  const after = info();
  // Others map and unmap a little meanwhile.
  expect(between.hblkhd - before.hblkhd).toBeLessThan(bytes / 2);
  expect(after.hblkhd - between.hblkhd).toBeGreaterThan(bytes / 2);
  expect(recycled.byteLength).toBe(mapped.byteLength);
});

describe("what the heap is told", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "performance"] }));
  afterEach(() => vi.useRealTimers());

  test("only the one array is kept from being a mapping", () => {
    const { heap, told } = fakeHeap();
    const made = new Recycler(heap, 100).allocate(50, () => (told.push("made"), "array"));
    expect(made).toBe("array");
    expect(told).toEqual(["no mappings", "made", "mappings"]);
  });

  test("mappings are allowed again when there is no room", () => {
    const { heap, told } = fakeHeap();
    const full = (): never => {
      throw new RangeError("Array buffer allocation failed");
    };
    expect(() => new Recycler(heap, 100).allocate(1, full)).toThrow(RangeError);
    expect(told.at(-1)).toBe("mappings");
  });

  test("more than half of what may be kept is left to the system", () => {
    const { heap, told } = fakeHeap();
    new Recycler(heap, 100).allocate(51, () => 0);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("free memory beyond the limit goes back at once, without a turn of the event loop", () => {
    let free = 100;
    const { heap, told } = fakeHeap(() => free);
    const recycler = new Recycler(heap, 100);
    recycler.allocate(1, () => 0);
    expect(told).not.toContain("release now");
    free = 101;
    recycler.allocate(1, () => 0);
    expect(told.filter((word) => word === "release now")).toHaveLength(1);
  });

  test("all of it goes back after ten seconds without a large result", () => {
    const { heap, told } = fakeHeap();
    const recycler = new Recycler(heap, 100);
    const released = (): number => told.filter((word) => word === "release aside").length;
    recycler.allocate(1, () => 0);
    vi.advanceTimersByTime(6000);
    recycler.allocate(1, () => 0);
    vi.advanceTimersByTime(9999);
    expect(released()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(released()).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(released()).toBe(1);
    recycler.allocate(1, () => 0);
    vi.advanceTimersByTime(10_000);
    expect(released()).toBe(2);
  });
});

describe("on this machine", () => {
  test.each([0, 2 ** 20, 2 ** 24])("an array of %i elements is ordinary: zero and detachable", (length) => {
    for (let round = 0; round < 3; round++) {
      const array = allocateRecycled(4 * length, () => new Float32Array(length));
      expect(array).toHaveLength(length);
      expect(array.every((x) => x === 0)).toBe(true);
      array.fill(round + 1);
      const { buffer } = structuredClone(array, { transfer: [array.buffer] });
      expect(array.byteLength).toBe(0);
      expect(buffer.byteLength).toBe(4 * length);
    }
  });

  test("a failure is the caller's", () => {
    expect(() => allocateRecycled(2 ** 26, () => new Float32Array(2 ** 50))).toThrow(RangeError);
  });
});

type Info = Readonly<Record<"fordblks" | "hblkhd", number>>;

function mallinfo2(): (() => Info) | undefined {
  let found: ForeignFunction | undefined;
  try {
    const koffi = loadKoffi();
    const fields = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split(" ");
    const structure = koffi.struct(Object.fromEntries(fields.map((field) => [field, "size_t"])));
    found = find(koffi.load(null), "mallinfo2", structure, []);
  } catch {
    return undefined;
  }
  return found && (() => found() as Info);
}
