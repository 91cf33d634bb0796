import { describe } from "../base/describe.js";
import { DTypeError, ShapeError } from "../base/errors.js";

/**
 * The element types of a tensor. `float16` and `bfloat16` are storage: arithmetic runs in float32 or wider.
 *
 * @example
 * dtypes.join(" "); // "float32 float64 float16 bfloat16 int32 int64 uint8 bool"
 */
export const dtypes = [
  "float32",
  "float64",
  "float16",
  "bfloat16",
  "int32",
  "int64",
  "uint8",
  "bool",
] as const;

export type DType = (typeof dtypes)[number];

/** The arrays that hold elements. Half types store their 16 bits; `bool` stores 0 and 1. */
export type Elements = Float32Array | Float64Array | Uint16Array | Int32Array | BigInt64Array | Uint8Array;

interface DTypeInfo {
  readonly bytes: number;
  readonly kind: "float" | "int" | "bool";
  readonly array: {
    new (length: number): Elements;
    new (buffer: ArrayBuffer, byteOffset: number, length: number): Elements;
  };
}

const infos: Readonly<Record<DType, DTypeInfo>> = {
  float32: { bytes: 4, kind: "float", array: Float32Array },
  float64: { bytes: 8, kind: "float", array: Float64Array },
  float16: { bytes: 2, kind: "float", array: Uint16Array },
  bfloat16: { bytes: 2, kind: "float", array: Uint16Array },
  int32: { bytes: 4, kind: "int", array: Int32Array },
  int64: { bytes: 8, kind: "int", array: BigInt64Array },
  uint8: { bytes: 1, kind: "int", array: Uint8Array },
  bool: { bytes: 1, kind: "bool", array: Uint8Array },
};

/** Bytes of one element. */
export const bytesOf = (dtype: DType): number => infos[dtype].bytes;

export const isFloat = (dtype: DType): boolean => infos[dtype].kind === "float";

/** A zero-filled array for `length` elements. Throws `ShapeError` when the machine has no room for them. */
export function allocate(dtype: DType, length: number): Elements {
  const { array, bytes } = infos[dtype];
  try {
    return new array(length);
  } catch (cause) {
    const problem = `${length} elements of ${dtype} (${length * bytes} bytes) do not fit in memory`;
    throw new ShapeError(problem, { length, dtype }, { cause });
  }
}

/** `length` elements of existing memory, from byte `start` on. */
export const sliceOf = (dtype: DType, memory: ArrayBuffer, start: number, length: number): Elements =>
  new infos[dtype].array(memory, start, length);

/** True when `array` is what stores this dtype. */
export function isArrayOf(dtype: DType, array: Elements): boolean {
  const { array: type } = infos[dtype];
  return (array as Elements | undefined)?.constructor === type || array instanceof type; // the first is quicker
}

const known: ReadonlySet<string> = new Set(dtypes);

export function checkDType(value: string): DType {
  if (known.has(value)) return value as DType;
  throw new DTypeError(`unknown dtype ${describe(value)}; use one of ${dtypes.join(", ")}`, { dtype: value });
}

const intRank: Partial<Record<DType, number>> = { bool: 0, uint8: 1, int32: 2, int64: 3 };
const floatRank: Partial<Record<DType, number>> = { float16: 1, bfloat16: 1, float32: 2, float64: 3 };

/**
 * The dtype that two operands meet in, as in PyTorch: floats win over integers, the wider wins within a kind,
 * float16 with bfloat16 gives float32.
 */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const [aFloat, bFloat] = [floatRank[a], floatRank[b]];
  if (aFloat !== undefined && bFloat !== undefined) {
    return aFloat === bFloat ? "float32" : aFloat > bFloat ? a : b;
  }
  if (aFloat !== undefined) return a;
  if (bFloat !== undefined) return b;
  return intRank[a]! > intRank[b]! ? a : b;
}

/** The dtype in which a function such as exp or mean answers: floats stay, everything else becomes float32. */
export const floatResult = (dtype: DType): DType => (isFloat(dtype) ? dtype : "float32");
