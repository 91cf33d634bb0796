import { expect, test } from "vitest";
import { adviseHugePages } from "./huge-pages.js";

test("a hint for whole pages changes no element, whatever the array's size and start", () => {
  const memory = new ArrayBuffer(2 ** 23);
  for (const [start, length] of [
    [0, 2 ** 21],
    [4, 2 ** 20 + 3],
    [4092, 1025],
    [8, 1],
    [0, 0],
  ]) {
    const elements = new Float32Array(memory, start, length).fill(7);
    adviseHugePages(elements);
    expect(elements.every((x) => x === 7)).toBe(true);
  }
});
