/** A determinant as sign · e^logMagnitude; sign 0 and −Infinity when it is zero. */
export interface LogDeterminant {
  readonly sign: number;
  readonly logMagnitude: number;
}

/** The determinant of P·L·U from the diagonal of U. `odd`: P exchanges an odd number of rows. */
export function determinant(diagonal: Iterable<number>, odd: boolean): number {
  // The product, with powers of two set aside so that no part of it overflows or vanishes before the whole does.
  let product = odd ? -1 : 1;
  let exponent = 0;
  for (const value of diagonal) {
    product *= scaled(value);
    if (product === 0) return 0;
    exponent += Math.abs(value) < 2 ** -500 ? -600 : Math.abs(value) > 2 ** 500 ? 600 : 0;
    if (Math.abs(product) < 2 ** -400) [product, exponent] = [product * 2 ** 400, exponent - 400];
    if (Math.abs(product) > 2 ** 400) [product, exponent] = [product * 2 ** -400, exponent + 400];
  }
  for (; exponent > 0 && Number.isFinite(product); exponent -= 200) product *= 2 ** 200;
  for (; exponent < 0 && product !== 0; exponent += 200) product *= 2 ** -200;
  return product;
}

const scaled = (value: number): number =>
  Math.abs(value) < 2 ** -500 ? value * 2 ** 600 : Math.abs(value) > 2 ** 500 ? value * 2 ** -600 : value;

/** As `determinant`: sign and logarithm, which never overflow. */
export function logDeterminant(diagonal: Iterable<number>, odd: boolean): LogDeterminant {
  let sign = odd ? -1 : 1;
  let logMagnitude = 0;
  for (const value of diagonal) {
    if (value === 0) return { sign: 0, logMagnitude: -Infinity };
    if (value < 0) sign = -sign;
    logMagnitude += Math.log(Math.abs(value));
  }
  return { sign, logMagnitude };
}
