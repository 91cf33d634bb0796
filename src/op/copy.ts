// Moving elements as they are stored, so that int64 and half types stay exact.
import { transposeLines } from "../kernels/index.js";
import { allocate, type Elements } from "../tensor/dtype.js";
import { fromElements } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { asBytes, asWords, moveElement, wordsOf, type Words } from "../tensor/words.js";
import { bulkLength, forEachRow, joinAxes, type Walk } from "./loops.js";

/** Copies every element of `from` to the same place in `to`: same sizes, same dtype, any strides. */
export function copyElements(from: Tensor, to: Tensor): void {
  const { shape, walks } = longRows(joinAxes(from.sizes, [from, to]));
  if (copyCrossed(shape, walks, from.elements, to.elements)) return;
  const [source, target, words] = [asWords(from.elements), asWords(to.elements), wordsOf(from.elements)];
  const [step, targetStep] = walks.map(({ strides }) => strides.at(-1) ?? 1);
  forEachRow(shape, walks, ([p, q], _, length) => {
    if (step === 1 && targetStep === 1) copyRun(source, p, target, q, length, words);
    else
      for (let i = 0; i < length; i++, p += step, q += targetStep) moveElement(source, p, target, q, words);
  });
}

/** Elements of a row below which walking from row to row costs more than moving them. */
const SHORT = 8;

/** The same loops with the longest one inside, when the last is short: every order moves the same elements. */
function longRows(loops: ReturnType<typeof joinAxes>): ReturnType<typeof joinAxes> {
  const { shape, walks } = loops;
  if (!(shape.at(-1)! < SHORT)) return loops;
  const axis = shape.indexOf(Math.max(...shape));
  const order = (list: readonly number[]): number[] => [...list.toSpliced(axis, 1), list[axis]];
  return {
    shape: order(shape),
    walks: walks.map(({ strides, offset }) => ({ strides: order(strides), offset })),
  };
}

/** Elements of a line from which copying it at once pays. */
const LINE = 32;

/** Copies what lies along one axis in the source and along another in the target; false if it does not lie so. */
function copyCrossed(
  shape: readonly number[],
  walks: readonly Walk[],
  source: Elements,
  target: Elements,
): boolean {
  const [along, across] = walks.map(({ strides }) => strides.indexOf(1));
  if (along === across || !(Math.min(shape[along], shape[across]) >= LINE)) return false;
  const others = shape.map((size, axis) => (axis === along || axis === across ? 1 : size));
  const [bytes, targetBytes] = [asBytes(source), asBytes(target)];
  const [stride, targetStride] = [walks[0].strides[across], walks[1].strides[along]];
  const starts = walks.map(({ strides, offset }) => ({ strides: [...strides, 0], offset }));
  let copied = true;
  forEachRow([...others, 1], starts, ([first, targetFirst]) => {
    copied &&= transposeLines(
      shape[across],
      shape[along],
      source.BYTES_PER_ELEMENT,
      { bytes, first, stride },
      { bytes: targetBytes, first: targetFirst, stride: targetStride },
    );
  });
  return copied;
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
