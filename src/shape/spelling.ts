/** A factor of a product as it was written: an integer, a name, or an integer to divide by. */
export type Factor = bigint | string | Divisor;

export interface Divisor {
  readonly over: bigint;
}

const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 2 → "²"; a power of one is not written. */
export function superscript(power: number): string {
  return power === 1 ? "" : [...String(power)].map((digit) => digits[Number(digit)]).join("");
}

/** 3 → "/3"; a divisor of one is not written. */
export const divisor = (value: bigint): string => (value === 1n ? "" : `/${value}`);

/** Joins factors as people do: equal names become powers, ones vanish, numbers stay as written, divisors go last. */
export function spell(factors: readonly Factor[]): string {
  const negative = factors.filter((factor) => typeof factor === "bigint" && factor < 0n).length % 2 === 1;
  const powers = new Map<string, number>();
  const parts: (() => string)[] = [];
  let below = 1n;
  for (const factor of factors) {
    if (typeof factor === "bigint") {
      const size = factor < 0n ? -factor : factor;
      if (size !== 1n) parts.push(() => String(size));
      continue;
    }
    if (typeof factor === "object") {
      below *= factor.over;
      continue;
    }
    if (!powers.has(factor)) parts.push(() => factor + superscript(powers.get(factor)!));
    powers.set(factor, (powers.get(factor) ?? 0) + 1);
  }
  const text = (parts.length === 0 ? "1" : parts.map((part) => part()).join("·")) + divisor(below);
  return negative ? `-${text}` : text;
}
