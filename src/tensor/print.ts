import { isFloat, type DType, type Elements } from "./dtype.js";
import { floatTexts, integerTexts } from "./format.js";

/** Larger tensors show only the first and last `edge` entries of each axis, as NumPy does. */
const summariseAbove = 1000;
const edge = 3;
const lineWidth = 76;
const prefix = "tensor(";

/**
 * A tensor as NumPy prints it: aligned columns, as many digits as needed, scientific notation for wide ranges,
 * `...` in the middle of large axes. The shape is added where the brackets do not show it.
 *
 * @example
 * printValues(Float32Array.of(1, 2.5), [2], "float32")   // "tensor([1. , 2.5], float32)"
 */
export function printValues(values: Elements, sizes: readonly number[], dtype: DType): string {
  const summarised = values.length > summariseAbove;
  const kept = sizes.map((size) => keptIndices(size, summarised));
  const offsets = shownOffsets(sizes, kept);
  const shown = offsets.map((offset) => values[offset]);
  const texts = isFloat(dtype) ? floatTexts(shown as number[], dtype) : integerTexts(shown, dtype);

  let next = 0;
  const draw = (axis: number, indent: string): string => {
    if (axis === sizes.length) return texts[next++];
    const entries = kept[axis].map((i) => (i === undefined ? "..." : draw(axis + 1, `${indent} `)));
    if (axis === sizes.length - 1) return `[${wrap(entries, indent, sizes.length)}]`;
    return `[${entries.join(`,${"\n".repeat(sizes.length - axis - 1)}${indent}`)}]`;
  };
  const body = prefix + (values.length === 0 ? "[]" : draw(0, " ".repeat(prefix.length + 1)));
  const suffix = summarised || values.length === 0 ? `shape=[${sizes.join(", ")}], ${dtype})` : `${dtype})`;
  const lastLine = body.length - (body.lastIndexOf("\n") + 1);
  const space = lastLine + suffix.length + 2 > lineWidth ? `\n${" ".repeat(prefix.length)}` : " ";
  return `${body},${space}${suffix}`;
}

/** The indices that are shown along an axis; `undefined` stands for those left out. */
function keptIndices(size: number, summarised: boolean): (number | undefined)[] {
  if (!summarised || size <= 2 * edge) return Array.from({ length: size }, (_, i) => i);
  const [first, last] = [0, size - edge].map((start) => Array.from({ length: edge }, (_, i) => start + i));
  return [...first, undefined, ...last];
}

/** Row-major positions of the shown elements, in the order in which they are drawn. */
function shownOffsets(
  sizes: readonly number[],
  kept: readonly (readonly (number | undefined)[])[],
): number[] {
  return kept.reduce<number[]>(
    (offsets, indices, axis) =>
      offsets.flatMap((offset) =>
        indices.flatMap((i) => (i === undefined ? [] : [offset * sizes[axis] + i])),
      ),
    [0],
  );
}

/** Breaks one row into lines; `depth` closing brackets must still fit behind an entry. */
function wrap(entries: readonly string[], indent: string, depth: number): string {
  const width = lineWidth - depth - 1;
  const lines: string[] = [];
  let line = indent;
  for (const entry of entries) {
    if (line.length > indent.length && line.length + entry.length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${entry}, `;
  }
  return [...lines, line.slice(0, -2)].join("\n").slice(indent.length);
}
