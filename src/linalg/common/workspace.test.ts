import { describe, expect, test } from "vitest";
import { Arena, PAGE } from "../../kernels/arena.js";
import type { LinalgKernels } from "../../kernels/index.js";
import { reserveBlocks } from "./workspace.js";

/** A memory that notes how far it is asked to grow, and never does. */
function reserved(bytes: readonly number[]): { asked: number; message: string } {
  let asked = 0;
  const memory = {
    buffer: new ArrayBuffer(PAGE),
    grow(pages: number) {
      asked = PAGE + pages * PAGE;
      throw new RangeError("no memory");
    },
  };
  try {
    reserveBlocks({ arena: new Arena(memory, 0) } as LinalgKernels, bytes);
  } catch (error) {
    return { asked, message: (error as Error).message };
  }
  return { asked, message: "" };
}

describe("blocks in the arena", () => {
  test("beyond 4 GiB are refused, not cut to what 32 bits hold", () => {
    const bytes = 4 * 40_000 * 40_000;
    const { asked, message } = reserved([bytes, 64]);
    expect(asked).toBeGreaterThan(bytes);
    expect(message).toContain("cannot grow to 6104 MiB (4096 at most)");
  });

  test("of 2 to 4 GiB may be sizes that a kernel answers as negative numbers", () => {
    const bytes = 3 * 2 ** 30;
    expect(reserved([bytes | 0])).toEqual(reserved([bytes]));
    expect(reserved([bytes]).asked).toBeGreaterThan(bytes);
  });

  test("take no more than they need", () => {
    expect(reserved([1000, 2000]).message).toBe("");
  });
});
