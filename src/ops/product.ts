/** a · b in two parts, exactly (Dekker, 1971), for factors below 2⁹⁰⁰: the product as rounded, and what it lacks. */
export function exactProduct(a: number, b: number): readonly [number, number] {
  const upper = (x: number): number => 134217729 * x - (134217729 * x - x);
  const [p, a0, b0] = [a * b, upper(a), upper(b)];
  const [a1, b1] = [a - a0, b - b0];
  return [p, a0 * b0 - p + a0 * b1 + a1 * b0 + a1 * b1];
}
