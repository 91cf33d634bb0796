import { expect, test } from "vitest";
import * as dim from "./dim.js";
import { Polynomial } from "./polynomial.js";

const { toSize } = dim;

test("a size is an integer >= 0, a name or an expression", () => {
  expect([toSize(0), toSize("768"), toSize("2*3")]).toEqual([0, 768, 6]);
  expect(String(toSize("2*n"))).toBe("2·n");
  expect(() => toSize(-1)).toThrow("a size must be an integer >= 0, got -1");
  expect(() => toSize(1.5)).toThrow("got 1.5");
  expect(() => toSize(2 ** 53)).toThrow("got 9007199254740992");
  expect(() => toSize(1e20)).toThrow(
    "a size must be an integer >= 0 and below 2^53, got 100000000000000000000",
  );
  expect(() => toSize("-3")).toThrow("a size must be an integer >= 0, got -3");
  expect(() => toSize("n - n - 3")).toThrow("a size must be an integer >= 0, got -3");
  expect(() => toSize(null as never)).toThrow("a size is a number or a name, got null");
});

test("a size has no fractions, though a cost may", () => {
  const half = Polynomial.symbol("n").over(2);
  expect(() => toSize("n/2")).toThrow("'n/2' is not a size: unexpected '/'");
  expect(() => toSize(half)).toThrow("a size has integer coefficients, got n/2");
  expect(() => dim.bindSize(toSize("2*n"), { n: half.over(2) })).toThrow("got 2·n/4");
  expect(dim.divideSizes(toSize("n"), 2)).toBeUndefined();
  expect(String(toSize(half.times(2)))).toBe("n·2/2");
});

test("a shape is a list of sizes", () => {
  expect(dim.toShape([2, "3"])).toEqual([2, 3]);
  expect(() => dim.toShape(3 as never)).toThrow("a shape is a list of sizes such as [2, 3], got 3");
});

test("names never get a value that makes a size negative", () => {
  expect(dim.bindSize(toSize("n-5"), { n: 5 })).toBe(0);
  expect(() => dim.bindSize(toSize("n-5"), { n: 2 })).toThrow(
    "the size n - 5 would be -3, but a size is an integer >= 0",
  );
});

test("equal names are equal, other names are not, whatever they stand for", () => {
  const [B, n] = [dim.namedSize("B", 32), dim.namedSize("n", 32)];
  expect(dim.sameSize(B, n)).toBe(false);
  expect(dim.sameSize(B, 32)).toBe(true);
  expect(dim.sameSize(toSize("B"), 32)).toBe(false);
  expect(dim.sameSize(toSize("n+n"), toSize("2*n"))).toBe(true);
  expect(dim.isOne(dim.namedSize("k", 1))).toBe(false);
});

test("arithmetic simplifies to numbers where names cancel", () => {
  const n = toSize("n");
  expect(dim.addSizes(n, dim.multiplySizes(n, -1))).toBe(0);
  expect(String(dim.divideSizes(toSize("12*n*n"), toSize("4*n")))).toBe("3·n");
  expect(dim.divideSizes(7, 2)).toBeUndefined();
  expect(dim.divideSizes(0, 0)).toBeUndefined();
  expect(String(dim.countElements(["B", "n", 768].map(toSize)))).toBe("B·n·768");
  expect(dim.countElements([])).toBe(1);
});

test("binding turns names into numbers", () => {
  const size = toSize("B*12 + n");
  expect(dim.bindSize(size, { B: 2, n: 3 })).toBe(27);
  expect(String(dim.bindSize(size, { B: 2 }))).toBe("2·12 + n");
  expect(dim.isKnown(size)).toBe(false);
});
