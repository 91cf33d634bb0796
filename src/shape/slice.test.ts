import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { namedSize, toSize } from "./dim.js";
import { selectIndex, sliceRange } from "./slice.js";

test("on numbers keeps what Array.slice and a filter keep", () => {
  const bound = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(
      fc.nat(10),
      bound,
      fc.option(bound, { nil: undefined }),
      fc.integer({ min: 1, max: 4 }),
      (size, start, end, step) => {
        const inside = (at: number) => at >= -size && at <= size;
        fc.pre(inside(start) && inside(end ?? 0));
        const wanted = Array.from({ length: size }, (_, i) => i)
          .slice(start, end)
          .filter((_, i) => i % step === 0);
        const range = sliceRange([size], 0, start, end, step);
        const got = Array.from(
          { length: Number(range.length) },
          (_, i) => Number(range.start) + i * range.step,
        );
        expect(got).toEqual(wanted);
      },
    ),
  );
});

test("a name with a size gives the same numbers as the size", () => {
  const bound = fc.integer({ min: -7, max: 7 });
  fc.assert(
    fc.property(
      bound,
      fc.option(bound, { nil: undefined }),
      fc.integer({ min: 1, max: 3 }),
      (start, end, step) => {
        const [plain, named] = [
          sliceRange([7], 0, start, end, step),
          sliceRange([namedSize("n", 7)], 0, start, end, step),
        ];
        expect([Number(named.start), Number(named.length)]).toEqual([plain.start, plain.length]);
      },
    ),
  );
});

test("a name without a size keeps to expressions", () => {
  const n = toSize("n");
  const lengths = ([[1], [0, -1], [-3], [2, 5], [5, 2], [-2, -4]] as const).map(([start, end]) =>
    String(sliceRange([n], 0, start, end).length),
  );
  expect(lengths).toEqual(["n - 1", "n - 1", "3", "3", "0", "0"]);
  expect(String(sliceRange([n], 0, -3, undefined).start)).toBe("n - 3");
  expect(() => sliceRange([n], 0, 0, undefined, 2)).toThrow(
    "slice: a symbolic axis needs step 1, got 2 on [n]",
  );
});

test("bounds past the end are refused", () => {
  expect(() => sliceRange([5, 3], 1, 0, 4)).toThrow("slice: 0:4 exceeds axis 1 of [5, 3] (3)");
  expect(() => sliceRange([5], 0, -6, undefined)).toThrow(ShapeError);
  expect(() => sliceRange([5], 0, 0, 5, 0)).toThrow("step must be a non-zero integer");
});

test("one index, from either end", () => {
  expect([0, 4, -1, -5].map((index) => selectIndex([5], 0, index))).toEqual([0, 4, 4, 0]);
  expect(String(selectIndex([toSize("n")], 0, -1))).toBe("n - 1");
  expect(() => selectIndex([5], 0, 5)).toThrow("select: index 5 is out of range for axis 0 of [5] (5)");
  expect(() => selectIndex([5], 0, 1.5)).toThrow("the index must be an integer");
});
