import type { DType } from "./dtype.js";
import { fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from "./half.js";

/** Digits after the point at most, as in NumPy. */
const precision = 8;

/** The number that a dtype stores for a value. */
function stored(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "float16") return fromFloat16(toFloat16(value));
  return dtype === "bfloat16" ? fromBFloat16(toBFloat16(value)) : value;
}

/** `toFixed` or `toExponential` with ties to even, as NumPy prints them; JavaScript takes ties up. */
function roundTies(value: number, digits: number, write: (digits: number) => string): string {
  const longer = write(digits + 1);
  const [mantissa, exponent] = longer.split("e") as [string, string | undefined];
  const even = /[02468]\.?5$/.test(mantissa);
  if (!even || Number(longer) !== value) return write(digits);
  return mantissa.slice(0, -1).replace(/\.$/, "") + (exponent === undefined ? "" : `e${exponent}`);
}

const exponential = (value: number, digits: number): string =>
  roundTies(value, digits, (count) => value.toExponential(count));

const fixed = (value: number, digits: number): string =>
  roundTies(value, digits, (count) => value.toFixed(count));

/** The shortest decimal, in scientific notation, that the dtype reads back as the same number. */
function shortest(value: number, dtype: DType): string {
  if (dtype === "float64") return value.toExponential();
  for (let digits = 0; digits < precision; digits++) {
    const text = exponential(value, digits);
    if (stored(Number(text), dtype) === value) return text;
  }
  return exponential(value, precision);
}

const special = (value: number): string => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");

const signed = (value: number, text: string): string => (Object.is(value, -0) ? `-${text}` : text);

/** `1.5` as its parts before and after the point; trailing zeros do not count. */
function positional(value: number, dtype: DType): [string, string] {
  const [mantissa, exponent] = shortest(value, dtype).split("e");
  const needed = Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
  const text =
    needed > precision ? fixed(value, precision) : Number(`${mantissa}e${exponent}`).toFixed(needed);
  const [whole, fraction = ""] = text.split(".");
  return [signed(value, whole), fraction.replace(/0+$/, "")];
}

/** Fraction digits that a value needs in scientific notation. */
function scientificDigits(value: number, dtype: DType): number {
  const digits = (shortest(value, dtype).split("e")[0].split(".")[1] ?? "").length;
  if (digits <= precision) return digits;
  const [mantissa] = exponential(value, precision).split("e");
  return mantissa.split(".")[1].replace(/0+$/, "").length;
}

/** Columns of one notation: all fractions of one length, all exponents of one width. */
function scientificTexts(values: readonly number[], dtype: DType): string[] {
  const finite = values.filter(Number.isFinite);
  const digits = finite.reduce((most, value) => Math.max(most, scientificDigits(value, dtype)), 0);
  const exponentOf = (value: number): string => exponential(value, digits).split("e")[1];
  const width = finite.reduce((most, value) => Math.max(most, exponentOf(value).length - 1), 2);
  return values.map((value) => {
    if (!Number.isFinite(value)) return special(value);
    const [mantissa, exponent] = exponential(value, digits).split("e");
    const point = digits === 0 ? "." : "";
    return signed(value, `${mantissa}${point}e${exponent[0]}${exponent.slice(1).padStart(width, "0")}`);
  });
}

function positionalTexts(values: readonly number[], dtype: DType): string[] {
  const parts = values.map((value) => (Number.isFinite(value) ? positional(value, dtype) : undefined));
  const digits = parts.reduce((most, part) => Math.max(most, part?.[1].length ?? 0), 0);
  return parts.map((part, i) =>
    part === undefined ? special(values[i]) : `${part[0]}.${part[1].padEnd(digits)}`,
  );
}

/**
 * One text width for all shown floats, by NumPy's rules (`numpy.core.arrayprint`): as few digits as tell the
 * values apart, at most eight after the point, scientific when the range is wide.
 */
export function floatTexts(values: readonly number[], dtype: DType): string[] {
  const magnitudes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = magnitudes.reduce((a, b) => Math.min(a, b), Infinity);
  const wide = largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000;
  return alignRight(wide ? scientificTexts(values, dtype) : positionalTexts(values, dtype));
}

/** Integers as they are, truth values as JavaScript writes them. */
export const integerTexts = (values: readonly (number | bigint)[], dtype: DType): string[] =>
  alignRight(values.map((value) => (dtype === "bool" ? String(Boolean(value)) : String(value))));

function alignRight(texts: readonly string[]): string[] {
  const width = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return texts.map((text) => text.padStart(width));
}
