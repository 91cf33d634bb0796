// Moving elements as they are stored, so that int64 and half types stay exact.
import { allocate, type Elements } from "../tensor/dtype.js";
import { fromElements } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { asWords, moveElement, wordsOf, type Words } from "../tensor/words.js";
import { bulkLength, forEachRow, joinAxes, type Walk } from "./loops.js";

/** Copies every element of `from` to the same place in `to`: same sizes, same dtype, any strides. */
export function copyElements(from: Tensor, to: Tensor): void {
  const [source, target, words] = [asWords(from.elements), asWords(to.elements), wordsOf(from.elements)];
  const { shape, walks } = joinAxes(from.sizes, [from, to]);
  const [step, targetStep] = walks.map(({ strides }) => strides.at(-1) ?? 1);
  if (isTransposition(shape, walks)) return copyBlocks(shape, walks, source, target, words);
  forEachRow(shape, walks, ([p, q], _, length) => {
    if (step === 1 && targetStep === 1) copyRun(source, p, target, q, length, words);
    else
      for (let i = 0; i < length; i++, p += step, q += targetStep) moveElement(source, p, target, q, words);
  });
}

/** Rows and columns of a block: its lines of the cache stay until all their elements have been moved. */
const BLOCK = 32;

/** One side is read, or written, across rows that are next to each other in the other. */
function isTransposition(shape: readonly number[], walks: readonly Walk[]): boolean {
  if (shape.length < 2 || shape.at(-1)! < BLOCK / 2 || shape.at(-2)! < BLOCK / 2) return false;
  return walks.some(({ strides }) => Math.abs(strides.at(-1)!) > Math.abs(strides.at(-2)!));
}

/** As the loop over rows, in blocks of the last two axes. */
function copyBlocks(
  shape: readonly number[],
  [from, to]: readonly Walk[],
  source: Words,
  target: Words,
  words: 1 | 2,
): void {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  const [rowStep, step] = [from.strides.at(-2)!, from.strides.at(-1)!];
  const [targetRowStep, targetStep] = [to.strides.at(-2)!, to.strides.at(-1)!];
  const outer = [from, to].map(({ strides, offset }) => ({ strides: [...strides.slice(0, -2), 0], offset }));
  forEachRow([...shape.slice(0, -2), 1], outer, ([first, targetFirst]) => {
    for (let i = 0; i < rows; i += BLOCK) {
      for (let j = 0; j < columns; j += BLOCK) {
        const end = Math.min(j + BLOCK, columns);
        for (let r = i; r < Math.min(i + BLOCK, rows); r++) {
          let p = first + r * rowStep + j * step;
          let q = targetFirst + r * targetRowStep + j * targetStep;
          for (let c = j; c < end; c++, p += step, q += targetStep) moveElement(source, p, target, q, words);
        }
      }
    }
  });
}

/** Copies `length` elements, of so many words each, from place p of `source` to place q of `target`. */
export function copyRun(
  source: Words,
  p: number,
  target: Words,
  q: number,
  length: number,
  words: 1 | 2,
): void {
  if (length >= bulkLength) target.set(source.subarray(words * p, words * (p + length)), words * q);
  else for (let i = 0; i < length; i++) moveElement(source, p + i, target, q + i, words);
}

/** The stored elements in row-major order: shared when they lie so already, otherwise copied. */
export function rowMajorElements(x: Tensor): Elements {
  const { elements, offset, size, dtype } = x;
  if (x.isContiguous) return elements.subarray(offset, offset + size);
  const result = allocate(dtype, size);
  copyElements(x, fromElements(result, x.dims, dtype));
  return result;
}
