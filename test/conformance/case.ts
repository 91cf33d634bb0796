import { bindSize, toSize, type Size, type SizeLike } from "../../src/shape/dim.js";
import type { DType } from "../../src/tensor/dtype.js";

/** What the names in the shapes of the cases stand for. */
export const sizes = { B: 2, n: 5, m: 4, d: 6 };

/** One input of an op: its shape in names and numbers, and what it holds. */
export interface Operand {
  readonly shape: readonly SizeLike[];
  /** Default: the dtype under test. */
  readonly dtype?: DType;
  /** `signed` around 0 (the default), `positive` away from 0, or given ones, repeated in order. */
  readonly values?: "signed" | "positive" | readonly number[];
}

/** Reads a size of an attribute: named while inferring, a number when there is data. */
export type ReadSize = (size: SizeLike) => Size;

export interface Case {
  readonly operands: readonly Operand[];
  /** As the op takes them; a function where they hold sizes. */
  readonly attributes?: unknown;
  /** Terms of the longest sum, by which rounding errors grow; 0 when results are exact. Default 1. */
  readonly terms?: number;
  /** Default: all that the op accepts. */
  readonly dtypes?: readonly DType[];
}

/** All that is known about testing one op. */
export interface Coverage {
  readonly cases: readonly Case[];
  /** Types that the op answers with a `DTypeError`. */
  readonly rejects?: readonly DType[];
}

export const named: ReadSize = toSize;
export const numbered: ReadSize = (size) => bindSize(toSize(size), sizes);

export const attributesOf = ({ attributes }: Case, read: ReadSize): unknown =>
  typeof attributes === "function" ? (attributes as (read: ReadSize) => unknown)(read) : attributes;

/** One operand of each given shape. */
export const operands = (...shapes: readonly (readonly SizeLike[])[]): Operand[] =>
  shapes.map((shape) => ({ shape }));
