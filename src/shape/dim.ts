import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { parseSize } from "./parse.js";
import { Polynomial, type PolynomialLike } from "./polynomial.js";

/** The size of an axis at run time: an integer ≥ 0, or a polynomial in named sizes. */
export type Size = number | Polynomial;

/** What may be written where a size is expected: `32`, `"B"`, `"n+1"`, or a symbolic size. */
export type SizeLike = Size | string;

/** A polynomial without names is an ordinary number again. Throws `ShapeError` for one with fractions. */
function simplify(polynomial: Polynomial): Size {
  if (!polynomial.isWhole) {
    throw new ShapeError(`a size has integer coefficients, got ${polynomial}`, { value: polynomial });
  }
  if (!polynomial.isConstant) return polynomial;
  const value = Number(polynomial.value());
  if (!Number.isSafeInteger(value))
    throw new ShapeError(`size ${polynomial.value()} is too large`, { value });
  return value;
}

/** Reads a size: checks numbers, parses names and expressions. */
export function toSize(value: SizeLike): Size {
  const size = typeof value === "number" ? value : simplify(asPolynomial(value));
  return typeof size === "number" ? checkSize(size) : size;
}

function asPolynomial(value: Polynomial | string): Polynomial {
  if (typeof value === "string") return parseSize(value);
  if (value instanceof Polynomial) return value;
  throw new ShapeError(`a size is a number or a name, got ${describe(value)}`, { value });
}

function checkSize(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  const limit = value > Number.MAX_SAFE_INTEGER ? " and below 2^53" : "";
  throw new ShapeError(`a size must be an integer >= 0${limit}, got ${value}`, { value });
}

/** Reads a shape, each size by `read`. Throws `ShapeError` for what is not a list. */
export function toShape(sizes: readonly SizeLike[], read: (size: SizeLike) => Size = toSize): Size[] {
  if (Array.isArray(sizes)) return sizes.map((size: SizeLike) => read(size));
  throw new ShapeError(`a shape is a list of sizes such as [2, 3], got ${describe(sizes)}`, { value: sizes });
}

/** True when the size has a value: a number, or names that all have one. */
export function isKnown(size: Size): boolean {
  return typeof size === "number" || size.isKnown;
}

/** The value of a size. Throws `ShapeError` when a name has none. */
export const sizeValue = (size: Size): number => size.valueOf();

/** Two different names are never assumed equal, even when both stand for 32. A number equals a name of its size. */
export function sameSize(a: Size, b: Size): boolean {
  if (typeof a === "number") return typeof b === "number" ? a === b : b.isKnown && Number(b.value()) === a;
  if (typeof b === "number") return sameSize(b, a);
  return a.equals(b);
}

/** True for the size 1, which broadcasts. */
export function isOne(size: Size): boolean {
  return typeof size === "number" && size === 1;
}

/**
 * A named size. Without a value it is symbolic; with one it also counts as that number in arithmetic.
 *
 * @example
 * const B = dim("B", 32);
 * 2 * B;                       // 64
 * input([dim("seq"), 768]);    // the same as input(["seq", 768])
 */
export function namedSize(name: string, value?: number): Polynomial {
  if (typeof name !== "string") {
    throw new ShapeError(`a dim name is a string such as "B", got ${describe(name)}`, { name });
  }
  if (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)) {
    throw new ShapeError(`'${name}' is not a dim name: use letters, digits and _, starting with a letter`, {
      name,
    });
  }
  return Polynomial.symbol(name, value === undefined ? undefined : sizeValue(toSize(value)));
}

export function sameShape(a: readonly Size[], b: readonly Size[]): boolean {
  return a.length === b.length && a.every((size, i) => sameSize(size, b[i]));
}

/** `n + 1` and 1 give `n + 2`: sizes are shown added up, unlike costs. */
export function addSizes(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return a + b;
  return simplify(Polynomial.of(a).plus(b).multipliedOut());
}

export function multiplySizes(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return a * b;
  return simplify(Polynomial.of(a).times(b));
}

/** a / b when exact, else `undefined`. Anything divided by zero is undefined. */
export function divideSizes(a: Size, b: Size): Size | undefined {
  if (typeof a === "number" && typeof b === "number") return b !== 0 && a % b === 0 ? a / b : undefined;
  const quotient = Polynomial.of(a).dividedExactlyBy(b);
  return quotient === undefined ? undefined : simplify(quotient);
}

/** The number of elements of a shape. */
export function countElements(shape: readonly Size[]): Size {
  let count: Size = 1;
  for (let i = 0; i < shape.length; i++) count = multiplySizes(count, shape[i]);
  return count;
}

/** Replaces names in a size: `bindSize("B·12", { B: 32 })` is 384. */
export function bindSize(size: Size, bindings: Readonly<Record<string, PolynomialLike>>): Size {
  if (typeof size === "number") return size;
  const bound = simplify(size.substitute(bindings));
  if (typeof bound !== "number" || bound >= 0) return bound;
  throw new ShapeError(`the size ${size} would be ${bound}, but a size is an integer >= 0`, {
    size,
    bindings,
  });
}

/** `[B, 12, n, 64]` */
export function showShape(shape: readonly Size[]): string {
  return `[${shape.map(String).join(", ")}]`;
}
