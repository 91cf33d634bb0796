import * as fc from "fast-check";
import { expect, test } from "vitest";
import { add, divide, isWhole, multiply, round, same, whole, type Fraction } from "./fraction.js";

const fraction = fc
  .tuple(fc.bigInt(-60n, 60n), fc.bigInt(1n, 60n))
  .map(([a, b]): Fraction => divide(whole(a), whole(b)));

test("sums, products and quotients cross-multiply to the same", () => {
  fc.assert(
    fc.property(fraction, fraction, (a, b) => {
      const [p, q, r, s] = [a.numerator, a.denominator, b.numerator, b.denominator];
      const sum = add(a, b);
      expect(sum.numerator * q * s).toBe((p * s + r * q) * sum.denominator);
      const product = multiply(a, b);
      expect(product.numerator * q * s).toBe(p * r * product.denominator);
      expect(r === 0n || same(multiply(divide(a, b), b), a)).toBe(true);
    }),
  );
});

test("lowest terms, with the sign above", () => {
  expect(divide(whole(4n), whole(-6n))).toEqual({ numerator: -2n, denominator: 3n });
  expect(divide(whole(0n), whole(-6n))).toEqual(whole(0n));
  expect(isWhole(add(divide(whole(1n), whole(3n)), divide(whole(2n), whole(3n))))).toBe(true);
});

test.each([
  [8n, 3n, 3n],
  [7n, 3n, 2n],
  [5n, 2n, 3n],
  [-5n, 2n, -2n],
  [-7n, 3n, -2n],
  [-8n, 3n, -3n],
  [-1n, 3n, 0n],
  [10n ** 40n, 3n, (10n ** 40n - 1n) / 3n],
  [6n, 3n, 2n],
])("%s/%s is about %s", (numerator, denominator, nearest) => {
  expect(round(divide(whole(numerator), whole(denominator)))).toBe(nearest);
});
