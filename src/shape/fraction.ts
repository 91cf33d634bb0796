/** An exact quotient of integers in lowest terms, denominator > 0. Sizes are whole; the third of n³/3 is not. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const whole = (value: bigint): Fraction => ({ numerator: value, denominator: 1n });

export const zero = whole(0n);

export const isWhole = ({ denominator }: Fraction): boolean => denominator === 1n;

export function add(a: Fraction, b: Fraction): Fraction {
  if (isWhole(a) && isWhole(b)) return whole(a.numerator + b.numerator);
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  if (isWhole(a) && isWhole(b)) return whole(a.numerator * b.numerator);
  return reduced(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a / b for b ≠ 0. */
export function divide(a: Fraction, b: Fraction): Fraction {
  const sign = b.numerator < 0n ? -1n : 1n;
  return reduced(sign * a.numerator * b.denominator, sign * b.numerator * a.denominator);
}

export const same = (a: Fraction, b: Fraction): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator;

/** The nearest integer, the larger one of two that are as near. */
export function round({ numerator, denominator }: Fraction): bigint {
  if (denominator === 1n) return numerator;
  const [twice, by] = [2n * numerator + denominator, 2n * denominator];
  return twice / by - (twice < 0n && twice % by !== 0n ? 1n : 0n); // bigint division cuts towards zero
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
