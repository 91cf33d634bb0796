import type { StoredDType } from "./dtypes.js";

/** How 8 bits make a number. `special` says which patterns are no ordinary numbers. */
interface Float8 {
  readonly exponentBits: number;
  readonly bias: number;
  readonly special: "ieee" | "fn" | "fnuz";
}

/**
 * Micikevicius et al., "FP8 formats for deep learning", 2022, and the `fnuz` types of Noune et al., "8-bit numerical
 * formats for deep neural networks", 2022: no infinity, no negative zero, whose pattern is NaN.
 */
const formats = {
  F8_E5M2: { exponentBits: 5, bias: 15, special: "ieee" },
  F8_E4M3: { exponentBits: 4, bias: 7, special: "fn" },
  F8_E5M2FNUZ: { exponentBits: 5, bias: 16, special: "fnuz" },
  F8_E4M3FNUZ: { exponentBits: 4, bias: 8, special: "fnuz" },
} as const satisfies Partial<Record<StoredDType, Float8>>;

type Float8DType = keyof typeof formats | "F8_E8M0";

/** The float32 values of 8-bit floats. Exact. Block scales, which such weights often need, are not applied. */
export function decodeFloat8(bytes: Uint8Array, dtype: Float8DType): Float32Array {
  const values = Float32Array.from({ length: 256 }, (_, bits) =>
    dtype === "F8_E8M0" ? valueOfScale(bits) : valueOf(bits, formats[dtype]),
  );
  const out = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = values[bytes[i]]!;
  return out;
}

/** E8M0 of the OCP Microscaling specification: a power of two, all ones for NaN. */
const valueOfScale = (bits: number): number => (bits === 0xff ? NaN : 2 ** (bits - 127));

function valueOf(bits: number, { exponentBits, bias, special }: Float8): number {
  const fractionBits = 7 - exponentBits;
  const sign = bits & 0x80 ? -1 : 1;
  const magnitude = bits & 0x7f;
  const exponent = magnitude >>> fractionBits;
  const fraction = magnitude & (2 ** fractionBits - 1);
  if (special === "fnuz" && bits === 0x80) return NaN;
  if (special === "fn" && magnitude === 0x7f) return NaN;
  if (special === "ieee" && exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  const significand = exponent === 0 ? fraction : fraction + 2 ** fractionBits;
  return sign * significand * 2 ** (Math.max(exponent, 1) - bias - fractionBits);
}
