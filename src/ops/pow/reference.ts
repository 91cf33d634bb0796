import { LintelError } from "../../base/errors.js";

/** IEEE 754 pow: unlike JavaScript's, 1 to any power is 1, and so is −1 to an infinite one. */
export function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}

/** Square-and-multiply modulo 2³². */
export function powerInt32(base: number, exponent: number): number {
  if (exponent < 0) throw negativeExponent(base, exponent);
  let result = 1;
  for (let square = base, bits = exponent; bits > 0; bits >>>= 1, square = Math.imul(square, square)) {
    if (bits & 1) result = Math.imul(result, square);
  }
  return result;
}

/** Square-and-multiply modulo 2⁶⁴. */
export function powerBigInt(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw negativeExponent(base, exponent);
  let result = 1n;
  for (
    let square = base, bits = exponent;
    bits > 0n;
    bits >>= 1n, square = BigInt.asIntN(64, square * square)
  ) {
    if (bits & 1n) result = BigInt.asIntN(64, result * square);
  }
  return result;
}

const negativeExponent = (base: number | bigint, exponent: number | bigint): LintelError =>
  new LintelError(`pow: ${base} to the power ${exponent} is not an integer; use .cast("float32") first`, {
    op: "pow",
    base,
    exponent,
  });
