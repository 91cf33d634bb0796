import { ShapeError } from "../base/errors.js";
import { spell, superscript, type Factor } from "./spelling.js";

/** One term: an integer coefficient times symbols with powers, and the factors as the author wrote them. */
interface Term {
  readonly coefficient: bigint;
  /** Symbol → power ≥ 1. */
  readonly powers: ReadonlyMap<string, number>;
  /** The factors in the order they were multiplied, for printing: `2·B·seq²·768`. */
  readonly factors: readonly Factor[];
}

const noSizes: ReadonlyMap<string, number> = new Map();

const byName = ([a]: [string, number], [b]: [string, number]): number => (a < b ? -1 : a > b ? 1 : 0);

/** Terms with the same key are alike: `B·seq²` whatever the order of multiplication. */
function keyOf(powers: ReadonlyMap<string, number>): string {
  return [...powers]
    .toSorted(byName)
    .map(([name, power]) => `${name}^${power}`)
    .join("*");
}

/**
 * A polynomial with integer coefficients in named sizes: what symbolic dims and every cost formula are made of.
 *
 * Coefficients are exact at any size. Equality ignores how the polynomial was built; printing does not:
 * a product of 2, B, seq, 768 and seq prints as `2·B·seq²·768`.
 *
 * @example
 * const n = Polynomial.symbol("n");
 * n.times(n).times(2).toString();                   // "n²·2"
 * n.plus(1).substitute({ n: 4 }).value();           // 5n
 */
export class Polynomial {
  readonly #terms: ReadonlyMap<string, Term>;
  /** Sizes of the names that have one: `dim("B", 32)` stays `B` in print and is 32 in arithmetic. */
  readonly #sizes: ReadonlyMap<string, number>;

  private constructor(terms: ReadonlyMap<string, Term>, sizes: ReadonlyMap<string, number> = noSizes) {
    this.#terms = terms;
    this.#sizes = sizes;
  }

  /** A name, with the size it stands for when that is known. */
  static symbol(name: string, size?: number): Polynomial {
    const powers = new Map([[name, 1]]);
    const sizes = size === undefined ? noSizes : new Map([[name, size]]);
    return new Polynomial(new Map([[keyOf(powers), { coefficient: 1n, powers, factors: [name] }]]), sizes);
  }

  static constant(value: number | bigint): Polynomial {
    if (typeof value === "number" && !Number.isInteger(value)) {
      throw new ShapeError(`a size must be an integer, got ${value}`, { value });
    }
    const coefficient = BigInt(value);
    if (coefficient === 0n) return new Polynomial(new Map());
    return new Polynomial(new Map([["", { coefficient, powers: new Map(), factors: [coefficient] }]]));
  }

  static of(value: PolynomialLike): Polynomial {
    return value instanceof Polynomial ? value : Polynomial.constant(value);
  }

  /** The product of all values, spelled in their order. */
  static product(...values: PolynomialLike[]): Polynomial {
    return values.reduce<Polynomial>((total, value) => total.times(value), Polynomial.constant(1));
  }

  static sum(values: Iterable<PolynomialLike>): Polynomial {
    let total = Polynomial.constant(0);
    for (const value of values) total = total.plus(value);
    return total;
  }

  get isConstant(): boolean {
    return this.#terms.size === 0 || (this.#terms.size === 1 && this.#terms.has(""));
  }

  /** The names that occur, sorted. */
  get names(): string[] {
    const names = new Set<string>();
    for (const term of this.#terms.values()) for (const name of term.powers.keys()) names.add(name);
    return [...names].toSorted();
  }

  plus(other: PolynomialLike): Polynomial {
    const terms = new Map(this.#terms);
    const right = Polynomial.of(other);
    for (const [key, term] of right.#terms) addTerm(terms, key, term);
    return new Polynomial(terms, mergeSizes(this.#sizes, right.#sizes));
  }

  minus(other: PolynomialLike): Polynomial {
    return this.plus(Polynomial.of(other).times(-1));
  }

  times(other: PolynomialLike): Polynomial {
    const right = Polynomial.of(other);
    const terms = new Map<string, Term>();
    for (const a of this.#terms.values()) {
      for (const b of right.#terms.values()) {
        const powers = new Map(a.powers);
        for (const [name, power] of b.powers) powers.set(name, (powers.get(name) ?? 0) + power);
        const factors = [...a.factors, ...b.factors];
        addTerm(terms, keyOf(powers), { coefficient: a.coefficient * b.coefficient, powers, factors });
      }
    }
    return new Polynomial(terms, mergeSizes(this.#sizes, right.#sizes));
  }

  /**
   * The quotient when the division leaves no remainder, else `undefined`.
   * Multivariate long division on the lexicographically leading term.
   */
  dividedExactlyBy(other: PolynomialLike): Polynomial | undefined {
    const divisor = Polynomial.of(other);
    const lead = divisor.#leadingTerm();
    if (lead === undefined) return undefined;
    let rest = this.plus(0);
    let quotient = Polynomial.constant(0);
    for (let top = rest.#leadingTerm(); top !== undefined; top = rest.#leadingTerm()) {
      const step = divideTerm(top, lead);
      if (step === undefined) return undefined;
      const term = new Polynomial(new Map([[keyOf(step.powers), step]]), this.#sizes);
      quotient = quotient.plus(term);
      rest = rest.minus(term.times(divisor));
    }
    return quotient;
  }

  equals(other: PolynomialLike): boolean {
    const right = Polynomial.of(other);
    if (this.#terms.size !== right.#terms.size) return false;
    for (const [key, term] of this.#terms) {
      if (right.#terms.get(key)?.coefficient !== term.coefficient) return false;
    }
    return true;
  }

  /**
   * −1, 0 or 1 when the order is the same for every choice of sizes ≥ 1, `undefined` when it depends on them.
   */
  compare(other: PolynomialLike): -1 | 0 | 1 | undefined {
    const signs = new Set<boolean>();
    // With s = 1 + s', s' ≥ 0, a difference whose coefficients all have one sign keeps that sign everywhere.
    const difference = this.minus(other);
    const shift = Object.fromEntries(
      difference.names.map((name) => [name, Polynomial.symbol(name).plus(1)] as const),
    );
    for (const term of difference.substitute(shift).#terms.values()) signs.add(term.coefficient > 0n);
    if (signs.size === 0) return 0;
    if (signs.size === 2) return undefined;
    const constant = difference.substitute(shift).#terms.get("");
    if (constant === undefined) return undefined; // zero at all-ones: not strict
    return signs.has(true) ? 1 : -1;
  }

  /** Replaces names by sizes or other polynomials; names that are not given stay. */
  substitute(bindings: Readonly<Record<string, PolynomialLike>>): Polynomial {
    let total = Polynomial.constant(0);
    for (const term of this.#terms.values()) {
      let product = Polynomial.constant(1);
      const pending = new Map(term.powers);
      for (const factor of term.factors) {
        if (typeof factor === "bigint") {
          product = product.times(Polynomial.constant(factor));
          continue;
        }
        const power = pending.get(factor);
        if (power === undefined) continue; // all powers of this name were multiplied in already
        pending.delete(factor);
        const value = Object.hasOwn(bindings, factor)
          ? Polynomial.of(bindings[factor])
          : Polynomial.symbol(factor, this.#sizes.get(factor));
        for (let i = 0; i < power; i++) product = product.times(value);
      }
      total = total.plus(product);
    }
    return total;
  }

  /** True when every name has a size, so that `value()` answers. */
  get isKnown(): boolean {
    return this.isConstant || this.names.every((name) => this.#sizes.has(name));
  }

  /** The exact value. Throws `ShapeError` when a name has no size. */
  value(): bigint {
    if (!this.isConstant) {
      if (this.isKnown) return this.substitute(Object.fromEntries(this.#sizes)).value();
      throw new ShapeError(
        `${this.toString()} has no value yet: bind ${this.names.join(", ")} first, ` +
          `e.g. .bind({ ${this.names.map((name) => `${name}: 32`).join(", ")} })`,
        { names: this.names },
      );
    }
    return this.#terms.get("")?.coefficient ?? 0n;
  }

  /** As people write it: `2·B·seq²·768 + 3·B`. */
  toString(): string {
    if (this.#terms.size === 0) return "0";
    return [...this.#terms.values()]
      .map((term, i) => {
        const text = spell(term.factors);
        if (!text.startsWith("-")) return i === 0 ? text : ` + ${text}`;
        return i === 0 ? text : ` - ${text.slice(1)}`;
      })
      .join("");
  }

  /** Coefficients multiplied out, terms by falling degree: `1536·B·seq² + 3·B`. */
  toCanonicalString(): string {
    if (this.#terms.size === 0) return "0";
    const degree = (term: Term) => [...term.powers.values()].reduce((sum, power) => sum + power, 0);
    const terms = [...this.#terms.entries()].toSorted(
      ([aKey, a], [bKey, b]) => degree(b) - degree(a) || (aKey < bKey ? -1 : 1),
    );
    return terms
      .map(([, { coefficient, powers }], i) => {
        const symbols = [...powers].toSorted(byName).map(([name, power]) => name + superscript(power));
        const size = coefficient < 0n ? -coefficient : coefficient;
        const parts = size === 1n && symbols.length > 0 ? symbols : [String(size), ...symbols];
        const sign = coefficient < 0n ? (i === 0 ? "-" : " - ") : i === 0 ? "" : " + ";
        return sign + parts.join("·");
      })
      .join("");
  }

  toJSON(): string {
    return this.toString();
  }

  /** A sized name is a number in JavaScript arithmetic; one without a size fails loudly instead of giving NaN. */
  valueOf(): number {
    if (this.isKnown) return Number(this.value());
    throw new ShapeError(
      `the size ${this.toString()} is symbolic and cannot be used as a number; ` +
        `use .times, .plus or dividedExactlyBy, or bind ${this.names.join(", ")} to a size first`,
      { names: this.names },
    );
  }

  [Symbol.toPrimitive](hint: string): string | number {
    return hint === "string" ? this.toString() : this.valueOf();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #leadingTerm(): Term | undefined {
    let best: [string, Term] | undefined;
    for (const entry of this.#terms) if (best === undefined || precedes(entry[1], best[1])) best = entry;
    return best?.[1];
  }
}

/** What the arithmetic accepts beside a polynomial. */
export type PolynomialLike = Polynomial | number | bigint;

function mergeSizes(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  const merged = new Map(a);
  for (const [name, size] of b) {
    const known = merged.get(name);
    if (known !== undefined && known !== size) {
      throw new ShapeError(
        `two sizes are named ${name}: ${known} and ${size}; give one of them another name`,
        {
          name,
          sizes: [known, size],
        },
      );
    }
    merged.set(name, size);
  }
  return merged;
}

function addTerm(terms: Map<string, Term>, key: string, term: Term): void {
  const alike = terms.get(key);
  if (alike === undefined) {
    if (term.coefficient !== 0n) terms.set(key, term);
    return;
  }
  const coefficient = alike.coefficient + term.coefficient;
  if (coefficient === 0n) {
    terms.delete(key);
    return;
  }
  const symbols = alike.factors.filter((factor) => typeof factor === "string");
  terms.set(key, { coefficient, powers: alike.powers, factors: [coefficient, ...symbols] });
}

/** Lexicographic monomial order, so that long division terminates. */
function precedes(a: Term, b: Term): boolean {
  for (const name of [...new Set([...a.powers.keys(), ...b.powers.keys()])].toSorted()) {
    const difference = (a.powers.get(name) ?? 0) - (b.powers.get(name) ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0n) return undefined;
  const powers = new Map(a.powers);
  for (const [name, power] of b.powers) {
    const left = (powers.get(name) ?? 0) - power;
    if (left < 0) return undefined;
    if (left === 0) powers.delete(name);
    else powers.set(name, left);
  }
  const coefficient = a.coefficient / b.coefficient;
  const symbols = [...powers].flatMap(([name, power]) => Array.from({ length: power }, () => name));
  const factors: Factor[] = coefficient === 1n && symbols.length > 0 ? symbols : [coefficient, ...symbols];
  return { coefficient, powers, factors };
}
