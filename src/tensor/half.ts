// IEEE 754 binary16 and bfloat16 as 16-bit patterns. Conversion to narrower formats rounds to nearest, ties to even.

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** The float32 value of a bfloat16 bit pattern. */
export function fromBFloat16(bits: number): number {
  scratchBits[0] = bits << 16;
  return scratchFloat[0];
}

/**
 * The bfloat16 bit pattern nearest to a number. NaN stays NaN. A float64 is rounded once: it first goes to
 * float32 by rounding to odd, which keeps ties decidable.
 */
export const toBFloat16 = (value: number): number => narrowToBFloat16(roundToOddFloat32(value));

/** From the bits of a float32. */
function narrowToBFloat16(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/** The bits of the float32 next to `value`, with the last bit set when anything was cut off. */
function roundToOddFloat32(value: number): number {
  scratchFloat[0] = value;
  const rounded = scratchFloat[0];
  const bits = scratchBits[0];
  if (rounded === value || Number.isNaN(value) || !Number.isFinite(value)) return bits;
  const truncated = Math.abs(rounded) > Math.abs(value) ? bits - 1 : bits;
  return (truncated | 1) >>> 0;
}

function decodeFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let float16Values: Float32Array | undefined;

/** The values of all binary16 patterns, made when the first is asked for. */
const float16Table = (): Float32Array =>
  (float16Values ??= Float32Array.from({ length: 0x10000 }, (_, pattern) => decodeFloat16(pattern)));

/** The float32 value of a binary16 bit pattern. */
export const fromFloat16 = (bits: number): number => float16Table()[bits];

/** The binary16 bit pattern nearest to a number; beyond 65,504 + half a step it is infinity. */
export const toFloat16 = (value: number): number => narrowToFloat16(roundToOddFloat32(value));

/** From the bits of a float32. */
function narrowToFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 2¹⁶ and above
  if (magnitude < 0x38800000) {
    // Below 2⁻¹⁴: multiples of 2⁻²⁴. Adding 2⁻¹ in float32 aligns the last bit there and rounds; the
    // round-to-odd step above keeps that rounding single.
    scratchBits[0] = magnitude;
    scratchFloat[0] = scratchFloat[0] + 0.5;
    return sign | (scratchBits[0] - 0x3f000000);
  }
  const rebased = magnitude - 0x38000000; // exponent bias 127 → 15
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

type Half = "float16" | "bfloat16";

/** Whole arrays at once, about ten times as fast as one by one. */
export function decodeHalves(source: Uint16Array, dtype: Half, target: Float32Array): void {
  if (dtype === "float16") {
    const table = float16Table();
    for (let i = 0; i < source.length; i++) target[i] = table[source[i]];
    return;
  }
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[i] = source[i] << 16;
}

export function encodeHalves(source: Float32Array, dtype: Half, target: Uint16Array): void {
  const bits = new Uint32Array(source.buffer, source.byteOffset, source.length);
  if (dtype === "float16") for (let i = 0; i < bits.length; i++) target[i] = narrowToFloat16(bits[i]);
  else for (let i = 0; i < bits.length; i++) target[i] = narrowToBFloat16(bits[i]);
}
