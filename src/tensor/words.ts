import type { Elements } from "./dtype.js";

/**
 * Stored elements as integers of their width; one of 8 bytes is two. V8 compiles a loop for four kinds of typed array at
 * most: for a fifth, every element takes twenty times as long from then on. So loops that move elements meet these three.
 */
export type Words = Uint8Array | Uint16Array | Int32Array;

/** The same memory as words. */
export function asWords(elements: Elements): Words {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = elements;
  if (width === 1) return asBytes(elements);
  if (width === 2) return new Uint16Array(buffer, byteOffset, byteLength / 2);
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

/** The same memory as bytes. */
export const asBytes = ({ buffer, byteOffset, byteLength }: Elements): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Words of an element. */
export const wordsOf = ({ BYTES_PER_ELEMENT: width }: Elements): 1 | 2 => (width === 8 ? 2 : 1);

/** Copies element p of `source`, of so many words, to place q of `target`. */
export function moveElement(source: Words, p: number, target: Words, q: number, words: 1 | 2): void {
  if (words === 1) target[q] = source[p];
  else {
    target[2 * q] = source[2 * p];
    target[2 * q + 1] = source[2 * p + 1];
  }
}
