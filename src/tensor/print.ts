import { isFloat, type DType, type Elements } from "./dtype.js";

/** Larger tensors show only the first and last `edge` entries of each axis, as NumPy does. */
const summariseAbove = 1000;
const edge = 3;
const lineWidth = 88;

/**
 * A tensor as NumPy prints it: aligned columns, 4 significant decimals, scientific notation for wide ranges,
 * `...` in the middle of large axes.
 *
 * @example
 * printValues(Float32Array.of(1, 2.5), [2], "float32")   // "tensor([1. , 2.5], float32)"
 */
export function printValues(values: Elements, sizes: readonly number[], dtype: DType): string {
  const suffix = sizes.includes(0) ? `shape=[${sizes.join(", ")}], ${dtype}` : dtype;
  const summarise = values.length > summariseAbove;
  const kept = (axis: number): (number | undefined)[] => {
    const size = sizes[axis];
    if (!summarise || size <= 2 * edge) return Array.from({ length: size }, (_, i) => i);
    const last = Array.from({ length: edge }, (_, i) => size - edge + i);
    return [...Array.from({ length: edge }, (_, i) => i), undefined, ...last];
  };

  const steps = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((a, b) => a * b, 1));
  const shown: (number | bigint)[] = [];
  const collect = (axis: number, offset: number): void => {
    if (axis === sizes.length) shown.push(values[offset]);
    else for (const i of kept(axis)) if (i !== undefined) collect(axis + 1, offset + i * steps[axis]);
  };
  if (values.length > 0) collect(0, 0);
  const format = formatter(shown, dtype);

  const prefix = "tensor(";
  const draw = (axis: number, offset: number): string => {
    if (axis === sizes.length) return format(values[offset]);
    const entries = kept(axis).map((i) =>
      i === undefined ? "..." : draw(axis + 1, offset + i * steps[axis]),
    );
    const indent = " ".repeat(prefix.length + axis + 1);
    if (axis === sizes.length - 1) return `[${wrap(entries, indent)}]`;
    const gap = "\n".repeat(Math.max(1, sizes.length - axis - 1));
    return `[${entries.join(`,${gap}${indent}`)}]`;
  };
  return `${prefix}${values.length === 0 ? "[]" : draw(0, 0)}, ${suffix})`;
}

function wrap(entries: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const entry of entries) {
    if (line !== "" && indent.length + line.length + entry.length + 2 > lineWidth) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? entry : `, ${entry}`;
  }
  return [...lines, line].join(`,\n${indent}`);
}

/** One text width for all shown values. */
function formatter(shown: readonly (number | bigint)[], dtype: DType): (value: number | bigint) => string {
  const texts = new Map<number | bigint, string>();
  const write = isFloat(dtype) ? floatWriter(shown as readonly number[]) : integerWriter(dtype);
  for (const value of shown) texts.set(value, write(value));
  const width = Math.max(0, ...[...texts.values()].map((text) => text.length));
  return (value) => (texts.get(value) ?? write(value)).padStart(width);
}

const integerWriter =
  (dtype: DType) =>
  (value: number | bigint): string =>
    dtype === "bool" ? (value ? "true" : "false") : String(value);

function floatWriter(shown: readonly number[]): (value: number | bigint) => string {
  const finite = shown.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const largest = finite.reduce((a, b) => Math.max(a, b), 0);
  const smallest = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const scientific = largest >= 1e8 || (finite.length > 0 && (smallest < 1e-4 || largest / smallest > 1e6));
  const special = (value: number): string | undefined => {
    if (Number.isNaN(value)) return "nan";
    return Number.isFinite(value) ? undefined : value > 0 ? "inf" : "-inf";
  };
  if (scientific) {
    return (value) => {
      const number = Number(value);
      const text = number.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
      return special(number) ?? text;
    };
  }
  const decimals = Math.max(0, ...shown.map((value) => (Number.isFinite(value) ? decimalsOf(value) : 0)));
  return (value) => {
    const number = Number(value);
    const known = special(number);
    if (known !== undefined) return known;
    const text = number.toFixed(decimals);
    return decimals === 0 ? `${text}.` : text.replace(/0+$/, (zeros) => " ".repeat(zeros.length));
  };
}

/** Decimals needed to show a value to four places, without trailing zeros. */
function decimalsOf(value: number): number {
  const [, fraction = ""] = value.toFixed(4).split(".");
  return fraction.replace(/0+$/, "").length;
}
