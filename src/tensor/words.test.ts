import { expect, test } from "vitest";
import { allocate, dtypes } from "./dtype.js";
import { asWords, moveElement, wordsOf } from "./words.js";

test.each(dtypes)("elements of %s move with all their bits, and nothing beside them", (dtype) => {
  const [source, target] = [allocate(dtype, 9).subarray(1), allocate(dtype, 9).subarray(1)];
  const bytes = new Uint8Array(source.buffer).fill(0);
  // Among them patterns that are signalling NaNs, of which a number keeps the payload or not.
  for (let i = 0; i < bytes.length; i++) bytes[i] = i % 3 === 0 ? 0xff : (37 * i) % 256;
  moveElement(asWords(source), 2, asWords(target), 5, wordsOf(source));
  const width = source.BYTES_PER_ELEMENT;
  const moved = new Uint8Array(target.buffer, target.byteOffset);
  expect([...moved.subarray(5 * width, 6 * width)]).toEqual([...bytes.subarray(3 * width, 4 * width)]);
  moved.fill(0, 5 * width, 6 * width);
  expect(new Uint8Array(target.buffer).every((byte) => byte === 0)).toBe(true);
});

test("all dtypes together are three kinds of array", () => {
  expect(new Set(dtypes.map((dtype) => asWords(allocate(dtype, 1)).constructor)).size).toBe(3);
});
