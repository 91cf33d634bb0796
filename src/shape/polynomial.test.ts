import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { namedSize } from "./dim.js";
import { parsePolynomial } from "./parse.js";
import { Polynomial } from "./polynomial.js";

const names = ["B", "n", "seq"];
const term = fc
  .record({
    coefficient: fc.integer({ min: -9, max: 9 }),
    symbols: fc.array(fc.constantFrom(...names), { maxLength: 5 }),
  })
  .map(({ coefficient, symbols }) =>
    Polynomial.product(coefficient, ...symbols.map((name) => Polynomial.symbol(name))),
  );
const polynomial = fc.array(term, { maxLength: 4 }).map((terms) => Polynomial.sum(terms));
/** Some coefficients of these are fractions. */
const cost = fc
  .array(fc.tuple(term, fc.integer({ min: 1, max: 12 })), { maxLength: 4 })
  .map((terms) => Polynomial.sum(terms.map(([p, divisor]) => p.over(divisor))));
const point = fc.record({ B: fc.bigInt(1n, 50n), n: fc.bigInt(1n, 50n), seq: fc.bigInt(1n, 50n) });
const at = (p: Polynomial, sizes: Record<string, bigint>): bigint => p.substitute(sizes).value();

describe("is a commutative ring", () => {
  test("sums and products commute, associate and distribute", () => {
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (p, q, r) => {
        expect(p.plus(q).equals(q.plus(p))).toBe(true);
        expect(p.times(q).equals(q.times(p))).toBe(true);
        expect(
          p
            .plus(q)
            .plus(r)
            .equals(p.plus(q.plus(r))),
        ).toBe(true);
        expect(
          p
            .times(q)
            .times(r)
            .equals(p.times(q.times(r))),
        ).toBe(true);
        expect(p.times(q.plus(r)).equals(p.times(q).plus(p.times(r)))).toBe(true);
        expect(p.minus(p).equals(0)).toBe(true);
        expect(p.times(1).plus(0).equals(p)).toBe(true);
      }),
    );
  });

  test("values are those of the operands", () => {
    fc.assert(
      fc.property(polynomial, polynomial, point, (p, q, sizes) => {
        expect(at(p.plus(q), sizes)).toBe(at(p, sizes) + at(q, sizes));
        expect(at(p.minus(q), sizes)).toBe(at(p, sizes) - at(q, sizes));
        expect(at(p.times(q), sizes)).toBe(at(p, sizes) * at(q, sizes));
      }),
    );
  });

  test("equal exactly when equal at every point", () => {
    fc.assert(
      fc.property(polynomial, polynomial, point, (p, q, sizes) => {
        const [big, shifted] = [{ B: 1009n, n: 1_000_003n, seq: 1_000_000_007n }, p.plus(q).minus(q)];
        expect(shifted.equals(p)).toBe(true);
        expect(p.equals(q)).toBe(at(p, big) === at(q, big) && at(p, sizes) === at(q, sizes));
      }),
    );
  });
});

test("substituting twice is substituting the substituted", () => {
  fc.assert(
    fc.property(polynomial, polynomial, polynomial, (p, q, r) => {
      const [inner, outer] = [{ B: q }, { n: r, seq: r }];
      const once = p.substitute({ B: q.substitute(outer), n: r, seq: r });
      expect(p.substitute(inner).substitute(outer).equals(once)).toBe(true);
    }),
  );
});

describe("exact division", () => {
  test("undoes multiplication", () => {
    fc.assert(
      fc.property(polynomial, polynomial, (p, q) => {
        fc.pre(!q.equals(0));
        const quotient = p.times(q).dividedExactlyBy(q);
        expect(quotient?.equals(p)).toBe(true);
      }),
    );
  });

  test("answers only when nothing is left", () => {
    fc.assert(
      fc.property(polynomial, polynomial, (p, q) => {
        const quotient = p.dividedExactlyBy(q);
        expect(quotient === undefined || quotient.times(q).equals(p)).toBe(true);
      }),
    );
    const n = Polynomial.symbol("n");
    expect(n.plus(1).dividedExactlyBy(2)).toBeUndefined();
    expect(n.times(n).minus(1).dividedExactlyBy(n.minus(1))?.toString()).toBe("n + 1");
    expect(n.dividedExactlyBy(0)).toBeUndefined();
  });
});

describe("fractions", () => {
  const n = Polynomial.symbol("n");
  /** A multiple of every divisor of `cost`, twice over in products of two. */
  const scale = 27720n;

  test("are exact in sums, products and quotients", () => {
    fc.assert(
      fc.property(cost, cost, cost, point, (p, q, r, sizes) => {
        expect(p.times(q.plus(r)).equals(p.times(q).plus(p.times(r)))).toBe(true);
        expect(p.plus(q).minus(q).equals(p)).toBe(true);
        expect(p.times(scale).isWhole).toBe(true);
        expect(at(p.times(q).times(scale * scale), sizes)).toBe(
          at(p.times(scale), sizes) * at(q.times(scale), sizes),
        );
        // Of whole polynomials a quotient with fractions is refused: sizes have none.
        const refused = q.equals(0) || (q.isWhole && p.times(q).isWhole && !p.isWhole);
        expect(p.times(q).dividedExactlyBy(q)?.equals(p)).toBe(refused ? undefined : true);
      }),
    );
    expect(n.over(3).plus(n.over(3)).plus(n.over(3)).equals(n)).toBe(true);
    expect(n.over(3).equals(n)).toBe(false);
    expect(n.over(2).dividedExactlyBy(n)?.toString()).toBe("1/2");
  });

  test("are rounded once, in values, whenever the sizes come", () => {
    fc.assert(
      fc.property(cost, point, (p, sizes) => {
        const exact = at(p.times(2n * scale), sizes);
        expect(2n * scale * at(p, sizes) - exact).toBeGreaterThan(-scale);
        expect(2n * scale * at(p, sizes) - exact).toBeLessThanOrEqual(scale);
        const stepwise = p.substitute({ B: sizes.B }).substitute({ n: sizes.n, seq: sizes.seq });
        expect(stepwise.equals(p.substitute(sizes))).toBe(true);
      }),
    );
    const cube = (size: Polynomial | number): Polynomial => Polynomial.product(size, size, size).over(3);
    expect(cube(n).substitute({ n: 2 }).equals(cube(2))).toBe(true);
    const ways = [cube(n).substitute({ n: 2 }), cube(2), cube(namedSize("n", 2))];
    expect(ways.map((p) => p.value())).toEqual([3n, 3n, 3n]);
    expect(cube(2).times(3).value()).toBe(8n);
    expect(Number(cube(2))).toBe(3);
  });

  test("print below their product, and read back", () => {
    const [m, B] = [Polynomial.symbol("m"), Polynomial.symbol("B")];
    expect(String(Polynomial.product(n, n, n).over(3))).toBe("n³/3");
    expect(String(Polynomial.product(2, B, n, n, n).over(3))).toBe("2·B·n³/3");
    expect(String(B.times(Polynomial.product(4, m, n, n).over(3)))).toBe("B·4·m·n²/3");
    expect(String(n.minus(Polynomial.product(2, n, n).over(3)))).toBe("n - 2·n²/3");
    expect(String(n.over(2).over(3))).toBe("n/6");
    expect(String(Polynomial.constant(1).over(3))).toBe("1/3");
    expect(n.times(4).over(6).toCanonicalString()).toBe("2·n/3");
    expect(JSON.stringify(n.times(4).over(4))).toBe(`"n·4/4"`);
    fc.assert(
      fc.property(cost, (p) => {
        for (const text of [p.toString(), p.toCanonicalString(), p.multipliedOut().toString()]) {
          expect(parsePolynomial(text).equals(p)).toBe(true);
        }
        expect(parsePolynomial(p.toString()).toCanonicalString()).toBe(p.toCanonicalString());
      }),
    );
  });

  test("order as their numbers do", () => {
    expect(n.over(2).compare(n.over(3))).toBe(1);
    expect(n.over(2).compare(n)).toBe(-1);
    expect(n.over(2).compare(n.times(2).over(4))).toBe(0);
    expect(n.over(2).compare(1)).toBeUndefined();
  });

  test.each([0, -3, 1.5, NaN, Infinity])("have no divisor %s", (divisor) => {
    expect(() => n.over(divisor)).toThrow(`a divisor must be an integer >= 1, got ${divisor}`);
  });
});

describe("order", () => {
  test("holds at every size ≥ 1", () => {
    fc.assert(
      fc.property(polynomial, polynomial, point, (p, q, sizes) => {
        const order = p.compare(q);
        fc.pre(order !== undefined);
        const difference = at(p, sizes) - at(q, sizes);
        expect(difference > 0n ? 1 : difference < 0n ? -1 : 0).toBe(order);
        expect(q.compare(p)).toBe(order === 0 ? 0 : -order);
      }),
    );
  });

  test("is known where coefficients tell, and else not", () => {
    const [B, n] = [Polynomial.symbol("B"), Polynomial.symbol("n")];
    expect(n.plus(1).compare(n)).toBe(1);
    expect(n.compare(0)).toBe(1);
    expect(n.times(2).compare(n)).toBe(1);
    expect(n.compare(B)).toBeUndefined();
    expect(n.compare(5)).toBeUndefined();
    expect(n.compare(1)).toBeUndefined(); // equal at n = 1
    expect(n.times(B).compare(B.times(n))).toBe(0);
  });
});

describe("spelling", () => {
  test("keeps the factors as they were multiplied, powers gathered", () => {
    const [B, seq] = [Polynomial.symbol("B"), Polynomial.symbol("seq")];
    expect(String(Polynomial.product(2, B, seq, 768, seq))).toBe("2·B·seq²·768");
    expect(String(Polynomial.product(2, B).plus(Polynomial.product(3, seq)).minus(1))).toBe(
      "2·B + 3·seq - 1",
    );
    expect(String(Polynomial.product(-1, B))).toBe("-B");
    expect(String(B.minus(B))).toBe("0");
    expect(String(Polynomial.product(...Array.from({ length: 12 }, () => B)))).toBe("B¹²");
    expect(Polynomial.product(2, B, seq, 768, seq).toCanonicalString()).toBe("1536·B·seq²");
  });

  test("both spellings read back as the same polynomial", () => {
    fc.assert(
      fc.property(polynomial, (p) => {
        const json = JSON.parse(JSON.stringify(p)) as string;
        for (const text of [p.toString(), p.toCanonicalString(), json]) {
          expect(parsePolynomial(text).equals(p)).toBe(true);
        }
      }),
    );
  });

  test("equal polynomials have one canonical spelling", () => {
    fc.assert(
      fc.property(polynomial, polynomial, (p, q) => {
        expect(p.times(q).toCanonicalString()).toBe(q.times(p).toCanonicalString());
      }),
    );
  });
});

describe("sized names", () => {
  const [B, n] = [namedSize("B", 32), namedSize("n", 512)];

  test("print as names and calculate as numbers", () => {
    expect(String(B.times(n))).toBe("B·n");
    expect(B.times(n).value()).toBe(32n * 512n);
    expect(Number(B) + 1).toBe(33);
    expect(B.plus(namedSize("free")).isKnown).toBe(false);
  });

  test("have a value in float64 for given sizes", () => {
    const cubic = Polynomial.product(2, n, n, n).over(3).plus(B).plus(5);
    expect(cubic.at({ n: 3, B: 0 })).toBe(23);
    expect(Polynomial.constant(7).at({})).toBe(7);
    expect(n.plus(1).at({})).toBeNaN();
  });

  test("stay exact beyond 2⁵³", () => {
    expect(Polynomial.product(2 ** 40, n, n, n, 2 ** 40).value()).toBe(2n ** 107n);
  });

  test("cannot stand for two sizes, and without a size for none", () => {
    expect(() => B.plus(namedSize("B", 16))).toThrow("two sizes are named B: 32 and 16");
    const free = namedSize("free");
    expect(() => Number(free)).toThrow(ShapeError);
    expect(() => free.value()).toThrow("free has no value yet: bind free first");
    expect(() => namedSize("2b")).toThrow("'2b' is not a dim name");
  });
});
