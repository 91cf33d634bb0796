import { expect, test } from "vitest";
import { toSize, type SizeLike } from "./dim.js";
import { concatShape, splitSizes, stackShape } from "./join.js";

const shape = (...sizes: SizeLike[]) => sizes.map(toSize);

test("concat adds up along its axis", () => {
  const { shape: joined, axis } = concatShape(
    [shape("B", "past", 64), shape("B", 1, 64), shape("B", 2, 64)],
    -2,
  );
  expect([String(joined), axis]).toEqual(["B,past + 3,64", 1]);
  expect(String(concatShape([shape("n"), shape("m")], "n").shape)).toBe("n + m");
});

test("stack adds an axis that counts", () => {
  expect(String(stackShape([shape("B", 3), shape("B", 3)], 1).shape)).toBe("B,2,3");
  expect(String(stackShape([shape("B", 3)], -1).shape)).toBe("B,3,1");
});

test("split divides, or takes lengths that fill the axis", () => {
  expect(String(splitSizes(shape("B", "3*d"), 3, -1))).toBe("d,d,d");
  expect(splitSizes([7], [3, 4], 0)).toEqual([3, 4]);
  expect(String(splitSizes(shape("n"), shape("n-1", 1), 0))).toBe("n - 1,1");
});

test.each([
  [() => concatShape([], 0), "concat: empty list"],
  [() => concatShape([shape("B", 3), shape("B", 4)], 0), "concat: [B, 3] and [B, 4] differ outside axis 0"],
  [() => concatShape([shape(3), shape(3, 1)], 0), "concat: [3] and [3, 1] differ outside axis 0"],
  [() => stackShape([shape("B"), shape("n")], 0), "stack: [B] and [n] differ"],
  [() => splitSizes([7], 0, 0), "split: axis 0 of [7] is 7, not divisible by 0"],
  [() => splitSizes([7], 1.5, 0), "not divisible by 1.5"],
  [() => splitSizes([7], [3, 5], 0), "split: parts [3, 5] add up to 8, but axis 0 of [7] is 7"],
])("%# is refused", (run, message) => {
  expect(run).toThrow(message);
});
