import { describe } from "../base/describe.js";
import { ConfigError, DTypeError, ShapeError } from "../base/errors.js";
import { showShape, type Size } from "../shape/dim.js";
import { Polynomial } from "../shape/polynomial.js";
import { checkDType, isArrayOf, type DType, type Elements } from "./dtype.js";

/**
 * Where the elements live. CPU data is an ordinary garbage-collected typed array; other devices bring their own
 * handle and answer `read` later.
 */
export type Storage =
  | { readonly device: "cpu"; readonly elements: Elements }
  | { readonly device: string; readonly read: () => Promise<Elements> };

/** What a tensor is made of. */
export interface TensorParts {
  readonly dims: readonly Size[];
  readonly dtype: DType;
  /** Steps in elements; row-major when absent. */
  readonly strides?: readonly Size[];
  /** First element, in elements. */
  readonly offset?: number;
  /** Absent for an abstract tensor, which has a shape and no elements. */
  readonly storage?: Storage | undefined;
}

/**
 * Fails unless the parts fit together and every element is in the storage: a kernel that is shown too much would
 * compute with whatever lies there.
 */
export function checkParts(parts: TensorParts): void {
  if (typeof parts !== "object" || parts === null) {
    throw new ConfigError(`a tensor is made of { dims, dtype, … }, got ${describe(parts)}; see tensor(…)`, {
      value: parts,
    });
  }
  const { dims, dtype, strides, offset = 0, storage } = parts;
  checkList("dims", dims, isSize);
  checkDType(dtype);
  if (strides !== undefined) {
    checkList("strides", strides, isStep);
    if (strides.length !== dims.length) {
      throw new ShapeError(
        `a tensor has one stride per axis, got ${showShape(strides)} for ${showShape(dims)}`,
        { shapes: [dims], strides },
      );
    }
  }
  if (!Number.isSafeInteger(offset)) {
    throw new ShapeError(`the offset of a tensor is an integer, got ${describe(offset)}`, { offset });
  }
  if (storage !== undefined) checkStorage(storage, dtype);
}

/** Fails unless the elements that sizes, strides and offset reach are there. */
export function checkReach(
  sizes: readonly number[],
  strides: readonly number[],
  offset: number,
  available: number,
): void {
  let first = offset;
  let last = offset;
  for (let axis = 0; axis < sizes.length; axis++) {
    if (sizes[axis] === 0) return;
    const reach = (sizes[axis] - 1) * strides[axis];
    if (reach < 0) first += reach;
    else last += reach;
  }
  if (first >= 0 && last < available) return;
  throw new ShapeError(
    `a tensor ${showShape(sizes)} with strides ${showShape(strides)} from ${offset} shows elements ` +
      `${first} to ${last}, but there are ${available}`,
    { shapes: [sizes], strides, offset, available },
  );
}

const isStep = (value: unknown): boolean =>
  typeof value === "number" ? Number.isSafeInteger(value) : value instanceof Polynomial;

const isSize = (value: unknown): boolean =>
  typeof value === "number" ? Number.isSafeInteger(value) && value >= 0 : value instanceof Polynomial;

/** Whether all are numbers such as most sizes and strides are: what every op on data passes, so quick. */
function isPlain(list: readonly Size[]): boolean {
  for (const entry of list) if (typeof entry !== "number" || entry >>> 0 !== entry) return false;
  return true;
}

function checkList(what: string, list: readonly Size[], isEntry: (entry: unknown) => boolean): void {
  if (!Array.isArray(list)) {
    const problem = `the ${what} of a tensor are a list such as [2, 3], got ${describe(list)}`;
    throw new ShapeError(problem, { [what]: list });
  }
  if (isPlain(list)) return;
  const wrong = list.findIndex((entry) => !isEntry(entry));
  if (wrong === -1) return;
  throw new ShapeError(`${what}[${wrong}] of a tensor is no size but ${describe(list[wrong])}`, {
    [what]: list,
  });
}

function checkStorage(storage: Storage, dtype: DType): void {
  if (typeof storage !== "object" || storage === null || typeof storage.device !== "string") {
    throw new ConfigError(`the storage of a tensor is { device, … }, got ${describe(storage)}`, { storage });
  }
  if (!("elements" in storage)) return;
  if (isArrayOf(dtype, storage.elements)) return;
  throw new DTypeError(`elements of ${dtype} cannot be ${describe(storage.elements)}`, { dtypes: [dtype] });
}
