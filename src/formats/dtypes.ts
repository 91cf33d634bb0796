import type { DType } from "../tensor/dtype.js";

interface StoredType {
  readonly bits: number;
  /** What `tensor()` gives: the same type, or the smallest Lintel type that holds every value exactly. */
  readonly dtype?: DType;
}

/** Every dtype of safetensors 0.8, in the reference's order: by alignment, smallest first. */
const stored = {
  BOOL: { bits: 8, dtype: "bool" },
  F4: { bits: 4 },
  F6_E2M3: { bits: 6 },
  F6_E3M2: { bits: 6 },
  U8: { bits: 8, dtype: "uint8" },
  I8: { bits: 8, dtype: "int32" },
  F8_E5M2: { bits: 8, dtype: "float32" },
  F8_E4M3: { bits: 8, dtype: "float32" },
  F8_E8M0: { bits: 8, dtype: "float32" },
  F8_E4M3FNUZ: { bits: 8, dtype: "float32" },
  F8_E5M2FNUZ: { bits: 8, dtype: "float32" },
  I16: { bits: 16, dtype: "int32" },
  U16: { bits: 16, dtype: "int32" },
  F16: { bits: 16, dtype: "float16" },
  BF16: { bits: 16, dtype: "bfloat16" },
  I32: { bits: 32, dtype: "int32" },
  U32: { bits: 32, dtype: "int64" },
  F32: { bits: 32, dtype: "float32" },
  C64: { bits: 64 },
  F64: { bits: 64, dtype: "float64" },
  I64: { bits: 64, dtype: "int64" },
  U64: { bits: 64 },
} as const satisfies Record<string, StoredType>;

/** The name of an element type in a safetensors file. */
export type StoredDType = keyof typeof stored;

export const storedDTypes = Object.keys(stored) as readonly StoredDType[];

export const isStoredDType = (name: string): name is StoredDType => Object.hasOwn(stored, name);

export const bitsOf = (dtype: StoredDType): number => stored[dtype].bits;

/** The dtype of the tensor that this is read into; `undefined` when only the raw bytes can be had. */
export function tensorDType(dtype: StoredDType): DType | undefined {
  const { dtype: found }: StoredType = stored[dtype];
  return found;
}

/** Orders as the reference writer does: larger alignment first. */
export const byAlignment = (a: StoredDType, b: StoredDType): number =>
  storedDTypes.indexOf(b) - storedDTypes.indexOf(a);

const own: Readonly<Record<DType, StoredDType>> = {
  float32: "F32",
  float64: "F64",
  float16: "F16",
  bfloat16: "BF16",
  int32: "I32",
  int64: "I64",
  uint8: "U8",
  bool: "BOOL",
};

/** How a Lintel dtype is stored. */
export const storedAs = (dtype: DType): StoredDType => own[dtype];
