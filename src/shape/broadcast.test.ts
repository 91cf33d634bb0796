import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { broadcastShapes, expandShape } from "./broadcast.js";
import { namedSize, showShape, toSize, type SizeLike } from "./dim.js";

const shape = (...sizes: SizeLike[]) => sizes.map(toSize);
const broadcast = (...shapes: SizeLike[][]): string =>
  showShape(broadcastShapes("add", ...shapes.map((sizes) => shape(...sizes))));

test.each([
  [[["B", 512, 768], [768]], "[B, 512, 768]"],
  [
    [
      ["B", 1, 768],
      ["n", 1],
    ],
    "[B, n, 768]",
  ],
  [[[], ["B"]], "[B]"],
  [
    [
      [3, 1],
      [1, 4],
      [2, 1, 1],
    ],
    "[2, 3, 4]",
  ],
  [
    [
      [0, 1],
      [1, 3],
    ],
    "[0, 3]",
  ],
  [[[]], "[]"],
])("%j gives %s", (shapes, expected) => {
  expect(broadcast(...shapes)).toBe(expected);
});

test("follows NumPy's rule on numbers: equal, or one of them 1, from the right", () => {
  const sizes = fc.array(fc.constantFrom(0, 1, 1, 2, 3), { maxLength: 4 });
  fc.assert(
    fc.property(sizes, sizes, (a, b) => {
      const rank = Math.max(a.length, b.length);
      const padded = (list: number[], i: number): number => list[i - (rank - list.length)] ?? 1;
      const wanted = Array.from({ length: rank }, (_, i) => {
        const [x, y] = [padded(a, i), padded(b, i)];
        return x === y || y === 1 ? x : x === 1 ? y : undefined;
      });
      let result: unknown;
      try {
        result = broadcastShapes("add", a, b);
      } catch (error) {
        result = error instanceof ShapeError;
      }
      expect(result).toEqual(wanted.includes(undefined) ? true : wanted);
    }),
  );
});

test("commutes and keeps names over their numbers", () => {
  const n = namedSize("n", 5);
  expect(showShape(broadcastShapes("add", [5, 1], [n, 3]))).toBe("[n, 3]");
  expect(showShape(broadcastShapes("add", [n, 3], [5, 1]))).toBe("[n, 3]");
});

test("never makes two names equal, nor a name 1", () => {
  expect(() => broadcast(["B", 3], ["n", 3])).toThrow(
    "add: cannot broadcast [B, 3] with [n, 3]: axis -2 is B vs n",
  );
  expect(() => broadcast(["B", 3], [4, 3])).toThrow("axis -2 is B vs 4");
  expect(() => broadcast([4, 3], [4])).toThrow(
    "axis -1 is 3 vs 4; shapes align on the right, use .unsqueeze(axis)",
  );
});

test("a column with a vector of the same name is a forgotten squeeze", () => {
  expect(() => broadcast(["n", 1], ["n"])).toThrow("would silently broadcast to an outer product");
  expect(() => broadcast(["n"], ["n", 1])).toThrow(ShapeError);
  expect(broadcast(["n", 1], ["m"])).toBe("[n, m]");
  expect(broadcast([5, 1], [5])).toBe("[5, 5]");
});

test("expand reaches exactly the target", () => {
  expect(showShape(expandShape(shape(1, 3), shape("B", 2, 3)))).toBe("[B, 2, 3]");
  expect(() => expandShape(shape(2, 3), shape(3))).toThrow("expand: [2, 3] does not expand to [3]");
  expect(() => expandShape(shape(3), shape(1))).toThrow("expand: [3] does not expand to [1]");
});
