import { add, divide, multiply, type Fraction } from "./fraction.js";
import { divisor, spell, superscript, type Factor } from "./spelling.js";

/** One term of a polynomial: a coefficient times powers of names. */
export interface Term {
  readonly coefficient: Fraction;
  /** Name → power ≥ 1. */
  readonly powers: ReadonlyMap<string, number>;
  /** The products that make up the term, as their author wrote them: `2·B·n·768` and `B·n` of `1537·B·n`. */
  readonly written: readonly (readonly Factor[])[];
}

/** More products than this in one term are shown multiplied out. */
const maxWritten = 4;

/** Terms with the same key are alike: `B·seq²` whatever the order of multiplication. */
export function keyOf(powers: ReadonlyMap<string, number>): string {
  return sortedPowers(powers)
    .map(([name, power]) => `${name}^${power}`)
    .join("*");
}

const sortedPowers = (powers: ReadonlyMap<string, number>): [string, number][] =>
  [...powers].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** The term as one product, the coefficient's numerator first. */
export function multipliedOut({ coefficient, powers }: Omit<Term, "written">): Factor[] {
  const names = [...powers].flatMap(([name, power]) => Array.from({ length: power }, () => name));
  const { numerator, denominator } = coefficient;
  const product = numerator === 1n && names.length > 0 ? names : [numerator, ...names];
  return denominator === 1n ? product : [...product, { over: denominator }];
}

/** Adds a term to those of a polynomial; terms that cancel vanish. */
export function addTerm(terms: Map<string, Term>, key: string, term: Term): void {
  const alike = terms.get(key);
  const coefficient = alike === undefined ? term.coefficient : add(alike.coefficient, term.coefficient);
  if (coefficient.numerator === 0n) {
    terms.delete(key);
    return;
  }
  const { powers } = term;
  terms.set(key, {
    coefficient,
    powers,
    written: joinWritten(coefficient, powers, alike?.written ?? [], term.written),
  });
}

/** Puts products side by side; the same product twice becomes twice the product. */
function joinWritten(
  coefficient: Fraction,
  powers: ReadonlyMap<string, number>,
  left: Term["written"],
  right: Term["written"],
): Term["written"] {
  if (left.length === 0) return right;
  if (left.length === 1 && right.length === 1 && spell(left[0]) === spell(right[0]))
    return [[2n, ...left[0]]];
  const joined = [...left, ...right];
  return joined.length <= maxWritten ? joined : [multipliedOut({ coefficient, powers })];
}

/** The product of two terms, its factors in the order they were multiplied. */
export function multiplyTerms(a: Term, b: Term): Term {
  const powers = new Map(a.powers);
  for (const [name, power] of b.powers) powers.set(name, (powers.get(name) ?? 0) + power);
  const coefficient = multiply(a.coefficient, b.coefficient);
  const product = [...asProduct(a), ...asProduct(b)];
  return { coefficient, powers, written: [product] };
}

const asProduct = (term: Term): readonly Factor[] =>
  term.written.length === 1 ? term.written[0] : multipliedOut(term);

/** The quotient of two terms, or `undefined` when a power would be negative. */
export function divideTerm(a: Term, b: Term): Term | undefined {
  const powers = new Map(a.powers);
  for (const [name, power] of b.powers) {
    const left = (powers.get(name) ?? 0) - power;
    if (left < 0) return undefined;
    if (left === 0) powers.delete(name);
    else powers.set(name, left);
  }
  const coefficient = divide(a.coefficient, b.coefficient);
  return { coefficient, powers, written: [multipliedOut({ coefficient, powers })] };
}

/** Lexicographic monomial order, so that long division terminates. */
export function precedes(a: Term, b: Term): boolean {
  for (const name of [...new Set([...a.powers.keys(), ...b.powers.keys()])].toSorted()) {
    const difference = (a.powers.get(name) ?? 0) - (b.powers.get(name) ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** `1536·B·seq²`: names sorted, for output that must not depend on how the polynomial was built. */
export function canonicalText({ coefficient: { numerator, denominator }, powers }: Term): string {
  const names = sortedPowers(powers).map(([name, power]) => name + superscript(power));
  const size = numerator < 0n ? -numerator : numerator;
  const parts = size === 1n && names.length > 0 ? names : [String(size), ...names];
  return (numerator < 0n ? "-" : "") + parts.join("·") + divisor(denominator);
}

/** The sum of the powers. */
export const degreeOf = (term: Term): number =>
  [...term.powers.values()].reduce((sum, power) => sum + power, 0);

/** `a + b - c`; nothing is `0`. */
export function joinTerms(texts: readonly string[]): string {
  const [first = "0", ...rest] = texts;
  return first + rest.map((text) => (text.startsWith("-") ? ` - ${text.slice(1)}` : ` + ${text}`)).join("");
}
