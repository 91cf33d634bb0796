// Nested arrays as they are written in a program, read into flat elements.
import { describe } from "../base/describe.js";
import { DTypeError, ShapeError } from "../base/errors.js";
import { allocate, checkDType, type DType, type Elements } from "./dtype.js";
import { writeElement } from "./element.js";

/** Numbers, booleans or bigints, nested as deep as the tensor has axes. */
export type NestedInput = number | bigint | boolean | readonly NestedInput[];

type Value = number | bigint | boolean;

/**
 * Row-major elements of nested arrays, their sizes, and a dtype that holds every value: only booleans give `bool`, only
 * bigints (with or without booleans) `int64`, anything else `float32`.
 * Throws `ShapeError` for ragged arrays, `DTypeError` for other values and for bigints beyond 64 bits.
 */
export function readNested(
  data: NestedInput,
  wanted: DType | undefined,
): { readonly elements: Elements; readonly sizes: readonly number[]; readonly dtype: DType } {
  const sizes: number[] = [];
  for (let level: unknown = data; Array.isArray(level); level = level[0]) sizes.push(level.length);
  const values: Value[] = [];
  flatten(data, sizes, 0, values);
  const dtype = wanted === undefined ? dtypeOfValues(values) : checkDType(wanted);
  const elements = allocate(dtype, values.length);
  values.forEach((value, i) => {
    if (typeof value === "bigint" && dtype === "int64") elements[i] = checkedBigInt(value);
    else writeElement(elements, dtype, i, Number(value));
  });
  return { elements, sizes, dtype };
}

function dtypeOfValues(values: readonly Value[]): DType {
  if (values.length === 0 || values.some((value) => typeof value === "number")) return "float32";
  return values.some((value) => typeof value === "bigint") ? "int64" : "bool";
}

function checkedBigInt(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new DTypeError(`tensor: ${value} does not fit into int64`, {
    op: "tensor",
    dtypes: ["int64"],
    value,
  });
}

function flatten(data: NestedInput, sizes: readonly number[], axis: number, out: Value[]): void {
  if (!Array.isArray(data)) {
    if (axis !== sizes.length) throw ragged(sizes, axis);
    if (typeof data !== "number" && typeof data !== "bigint" && typeof data !== "boolean") {
      throw new DTypeError(`tensor: values must be numbers, booleans or bigints, got ${describe(data)}`, {});
    }
    out.push(data);
    return;
  }
  if (data.length !== sizes[axis]) throw ragged(sizes, axis);
  for (const entry of data as readonly NestedInput[]) flatten(entry, sizes, axis + 1, out);
}

function ragged(sizes: readonly number[], axis: number): ShapeError {
  return new ShapeError(
    `tensor: nested arrays have different lengths along axis ${axis}; the first entries have shape [${sizes.join(", ")}]`,
    { op: "tensor", shapes: [sizes], axis },
  );
}
