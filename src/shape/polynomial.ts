import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { checkByName, checkInteger, isInteger } from "./checks.js";
import { isWhole, round, same, whole, zero } from "./fraction.js";
import { mergeSizes, noSizes, type KnownSizes } from "./known-sizes.js";
import { spell, type Factor } from "./spelling.js";
import {
  addTerm,
  canonicalText,
  degreeOf,
  divideTerm,
  keyOf,
  multipliedOut,
  multiplyTerms,
  precedes,
  type Term,
  joinTerms,
} from "./term.js";

/**
 * A polynomial in named sizes: what symbolic dims and every cost formula are made of. Sizes have whole
 * coefficients; a cost may have fractions, such as the `n³/3` of a Cholesky factorisation.
 *
 * Coefficients are exact at any size. Equality ignores how the polynomial was built; printing does not: a
 * product of 2, B, seq, 768 and seq prints as `2·B·seq²·768`, and adding a bias shows as `2·B·n·768 + B·n`.
 *
 * @example
 * const n = Polynomial.symbol("n");
 * n.times(n).times(2).toString(); // "n²·2"
 * n.plus(1).substitute({ n: 4 }).value(); // 5n
 */
export class Polynomial {
  readonly #terms: ReadonlyMap<string, Term>;
  /** Sizes of the names that have one: `dim("B", 32)` stays `B` in print and is 32 in arithmetic. */
  readonly #sizes: KnownSizes;

  private constructor(terms: ReadonlyMap<string, Term>, sizes: KnownSizes = noSizes) {
    this.#terms = terms;
    this.#sizes = sizes;
  }

  /**
   * A name, with the size it stands for when that is known. Throws `ShapeError` for a name that is no string or a size
   * that is no integer.
   *
   * @example
   * Polynomial.symbol("n", 4).times(3).value(); // 12n
   */
  static symbol(name: string, size?: number): Polynomial {
    if (typeof name !== "string") {
      throw new ShapeError(`the name of a size is a string such as "n", got ${describe(name)}`, { name });
    }
    if (size !== undefined) checkInteger(size);
    const powers = new Map([[name, 1]]);
    const sizes = size === undefined ? noSizes : new Map([[name, size]]);
    return new Polynomial(
      new Map([[keyOf(powers), { coefficient: whole(1n), powers, written: [[name]] }]]),
      sizes,
    );
  }

  /**
   * A number as a polynomial without names. Throws `ShapeError` when it is no integer.
   *
   * @example
   * Polynomial.constant(3).isConstant; // true
   */
  static constant(value: number | bigint): Polynomial {
    const integer = BigInt(checkInteger(value));
    if (integer === 0n) return new Polynomial(new Map());
    const term = { coefficient: whole(integer), powers: new Map<string, number>(), written: [[integer]] };
    return new Polynomial(new Map([["", term]]));
  }

  /**
   * The value itself, or a number as a polynomial.
   *
   * @example
   * Polynomial.of(3).plus(4).value(); // 7n
   */
  static of(value: PolynomialLike): Polynomial {
    return value instanceof Polynomial ? value : Polynomial.constant(value);
  }

  /**
   * The product of all values, spelled in their order.
   *
   * @example
   * String(Polynomial.product(2, Polynomial.symbol("B"), 64)); // "2·B·64"
   */
  static product(...values: PolynomialLike[]): Polynomial {
    return values.reduce<Polynomial>((total, value) => total.times(value), Polynomial.constant(1));
  }

  /**
   * The sum of all values, spelled in their order.
   *
   * @example
   * String(Polynomial.sum([Polynomial.symbol("B"), 1])); // "B + 1"
   */
  static sum(values: Iterable<PolynomialLike>): Polynomial {
    if (typeof (values as Partial<typeof values> | null | undefined)?.[Symbol.iterator] !== "function") {
      throw new ShapeError(`a sum is of a list of sizes, got ${describe(values)}`, { values });
    }
    let total = Polynomial.constant(0);
    for (const value of values) total = total.plus(value);
    return total;
  }

  /**
   * Whether no name occurs.
   *
   * @example
   * Polynomial.symbol("n").isConstant; // false
   */
  get isConstant(): boolean {
    return this.#terms.size === 0 || (this.#terms.size === 1 && this.#terms.has(""));
  }

  /**
   * The names that occur, sorted.
   *
   * @example
   * Polynomial.product(Polynomial.symbol("n"), Polynomial.symbol("B")).names; // ["B", "n"]
   */
  get names(): string[] {
    const names = new Set<string>();
    for (const term of this.#terms.values()) for (const name of term.powers.keys()) names.add(name);
    return [...names].toSorted();
  }

  /**
   * The sum. Throws `ShapeError` when one name has two sizes.
   *
   * @example
   * String(Polynomial.symbol("n").plus(1)); // "n + 1"
   */
  plus(other: PolynomialLike): Polynomial {
    const terms = new Map(this.#terms);
    const right = Polynomial.of(other);
    for (const [key, term] of right.#terms) addTerm(terms, key, term);
    return new Polynomial(terms, mergeSizes(this.#sizes, right.#sizes));
  }

  /**
   * The difference.
   *
   * @example
   * String(Polynomial.symbol("n").minus(1)); // "n - 1"
   */
  minus(other: PolynomialLike): Polynomial {
    return this.plus(Polynomial.of(other).times(-1));
  }

  /**
   * The product.
   *
   * @example
   * String(Polynomial.symbol("n").times(64)); // "n·64"
   */
  times(other: PolynomialLike): Polynomial {
    const right = Polynomial.of(other);
    const terms = new Map<string, Term>();
    for (const a of this.#terms.values()) {
      for (const b of right.#terms.values()) {
        const product = multiplyTerms(a, b);
        addTerm(terms, keyOf(product.powers), product);
      }
    }
    return new Polynomial(terms, mergeSizes(this.#sizes, right.#sizes));
  }

  /**
   * A part of the polynomial, in exact fractions: how costs are divided. Throws `ShapeError` unless the divisor is an
   * integer ≥ 1.
   *
   * @example
   * const n = Polynomial.symbol("n");
   * String(Polynomial.product(2, n, n, n).over(3)); // "2·n³/3"
   */
  over(divisor: number | bigint): Polynomial {
    if (!isInteger(divisor) || divisor < 1) {
      throw new ShapeError(`a divisor must be an integer >= 1, got ${describe(divisor)}`, { value: divisor });
    }
    const over = BigInt(divisor);
    const coefficient = { numerator: 1n, denominator: over };
    const term = { coefficient, powers: new Map<string, number>(), written: [[{ over }]] };
    return this.times(new Polynomial(new Map([["", term]])));
  }

  /**
   * Whether every coefficient is an integer, as those of sizes are.
   *
   * @example
   * Polynomial.symbol("n").over(2).isWhole; // false
   */
  get isWhole(): boolean {
    for (const term of this.#terms.values()) if (!isWhole(term.coefficient)) return false;
    return true;
  }

  /**
   * The quotient when the division leaves no remainder, else `undefined`: for whole polynomials in whole
   * coefficients. Multivariate long division on the lexicographically leading term.
   *
   * @example
   * String(Polynomial.symbol("n").times(768).dividedExactlyBy(12)); // "64·n"
   * Polynomial.symbol("n").dividedExactlyBy(2); // undefined
   */
  dividedExactlyBy(other: PolynomialLike): Polynomial | undefined {
    const divisor = Polynomial.of(other);
    const lead = divisor.#leadingTerm();
    if (lead === undefined) return undefined;
    const inIntegers = this.isWhole && divisor.isWhole;
    let rest = this.plus(0);
    let quotient = Polynomial.constant(0);
    for (let top = rest.#leadingTerm(); top !== undefined; top = rest.#leadingTerm()) {
      const step = divideTerm(top, lead);
      if (step === undefined || (inIntegers && !isWhole(step.coefficient))) return undefined;
      const term = new Polynomial(new Map([[keyOf(step.powers), step]]), this.#sizes);
      quotient = quotient.plus(term);
      rest = rest.minus(term.times(divisor));
    }
    return quotient;
  }

  /**
   * Whether both are the same formula, however they were built.
   *
   * @example
   * Polynomial.product(2, 3).equals(6); // true
   */
  equals(other: PolynomialLike): boolean {
    const right = Polynomial.of(other);
    if (this.#terms.size !== right.#terms.size) return false;
    for (const [key, term] of this.#terms) {
      const alike = right.#terms.get(key);
      if (alike === undefined || !same(alike.coefficient, term.coefficient)) return false;
    }
    return true;
  }

  /**
   * −1, 0 or 1 when the order is the same for every choice of sizes ≥ 1, `undefined` when it depends on them.
   *
   * @example
   * Polynomial.symbol("n").plus(1).compare(Polynomial.symbol("n")); // 1
   * Polynomial.symbol("n").compare(10); // undefined
   */
  compare(other: PolynomialLike): -1 | 0 | 1 | undefined {
    const signs = new Set<boolean>();
    // With s = 1 + s', s' ≥ 0, a difference whose coefficients all have one sign keeps that sign everywhere.
    const difference = this.minus(other);
    const shift = Object.fromEntries(
      difference.names.map((name) => [name, Polynomial.symbol(name).plus(1)] as const),
    );
    for (const term of difference.substitute(shift).#terms.values())
      signs.add(term.coefficient.numerator > 0n);
    if (signs.size === 0) return 0;
    if (signs.size === 2) return undefined;
    const constant = difference.substitute(shift).#terms.get("");
    if (constant === undefined) return undefined; // zero at all-ones: not strict
    return signs.has(true) ? 1 : -1;
  }

  /**
   * Replaces names by sizes or other polynomials; names that are not given stay. Throws `ShapeError` for what is no size.
   *
   * @example
   * const next = Polynomial.symbol("m").plus(1);
   * String(Polynomial.symbol("n").times(64).substitute({ n: next })); // "m·64 + 64"
   */
  substitute(bindings: Readonly<Record<string, PolynomialLike>>): Polynomial {
    checkByName(bindings);
    const replace = (factor: Factor): PolynomialLike => {
      if (typeof factor === "bigint") return factor;
      if (typeof factor === "object") return Polynomial.constant(1).over(factor.over);
      return Object.hasOwn(bindings, factor)
        ? bindings[factor]
        : Polynomial.symbol(factor, this.#sizes.get(factor));
    };
    const products = [...this.#terms.values()].flatMap((term) => term.written);
    return Polynomial.sum(products.map((factors) => Polynomial.product(...factors.map(replace))));
  }

  /**
   * The value in float64 for these sizes of all names, at the cost of a little arithmetic: for what is worked out
   * again and again. A name without a size gives NaN.
   *
   * @example
   * Polynomial.symbol("n").times(64).plus(1).at({ n: 3 }); // 193
   */
  at(sizes: Readonly<Record<string, number>>): number {
    checkByName(sizes);
    let total = 0;
    for (const { coefficient, powers } of this.#terms.values()) {
      let product = Number(coefficient.numerator) / Number(coefficient.denominator);
      for (const [name, power] of powers) product *= sizes[name] ** power;
      total += product;
    }
    return total;
  }

  /** True when every name has a size, so that `value()` answers. */
  get isKnown(): boolean {
    return this.isConstant || this.names.every((name) => this.#sizes.has(name));
  }

  /**
   * The value, an integer: exact for whole coefficients, else the nearest one to the exact value (the larger of two
   * that are as near), whether sizes were numbers from the start or are bound later. Throws `ShapeError` when a name
   * has no size.
   *
   * @example
   * Polynomial.symbol("B", 32).times(2).value(); // 64n
   * Polynomial.constant(8).over(3).value(); // 3n
   */
  value(): bigint {
    if (!this.isConstant) {
      if (this.isKnown) return this.substitute(Object.fromEntries(this.#sizes)).value();
      throw new ShapeError(
        `${this.toString()} has no value yet: bind ${this.names.join(", ")} first, ` +
          `e.g. .bind({ ${this.names.map((name) => `${name}: 32`).join(", ")} })`,
        { names: this.names },
      );
    }
    return round(this.#terms.get("")?.coefficient ?? zero);
  }

  /** The same polynomial with every term multiplied out, as sizes of axes are shown. */
  multipliedOut(): Polynomial {
    const terms = [...this.#terms].map(
      ([key, term]) => [key, { ...term, written: [multipliedOut(term)] }] as const,
    );
    return new Polynomial(new Map(terms), this.#sizes);
  }

  /** As people write it: `2·B·seq²·768 + 3·B`, `n³/3`. */
  toString(): string {
    return joinTerms([...this.#terms.values()].flatMap((term) => term.written).map(spell));
  }

  /**
   * Coefficients multiplied out, terms by falling degree: `1536·B·seq² + 3·B`.
   *
   * @example
   * Polynomial.product(2, Polynomial.symbol("B"), 64).toCanonicalString(); // "128·B"
   */
  toCanonicalString(): string {
    const terms = [...this.#terms].toSorted(
      ([aKey, a], [bKey, b]) => degreeOf(b) - degreeOf(a) || (aKey < bKey ? -1 : 1),
    );
    return joinTerms(terms.map(([, term]) => canonicalText(term)));
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
