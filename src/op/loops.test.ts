import { expect, test } from "vitest";
import { joinAxes } from "./loops.js";

const walk = (...strides: number[]) => ({ strides, offset: 7 });

test("contiguous operands become one row", () => {
  const { shape, walks } = joinAxes([2, 3, 4], [walk(12, 4, 1), walk(12, 4, 1)]);
  expect(shape).toEqual([24]);
  expect(walks).toEqual([walk(1), walk(1)]);
});

test("axes join only where every operand steps through them alike", () => {
  const { shape, walks } = joinAxes([2, 3, 4], [walk(12, 4, 1), walk(20, 4, 1)]);
  expect(shape).toEqual([2, 12]);
  expect(walks).toEqual([walk(12, 1), walk(20, 1)]);
  expect(joinAxes([2, 3], [walk(3, 1), walk(1, 2)]).shape).toEqual([2, 3]);
});

test("axes of size 1 vanish, broadcast axes join each other", () => {
  expect(joinAxes([1, 5, 1], [walk(9, 1, 3)]).shape).toEqual([5]);
  const { shape, walks } = joinAxes([2, 3, 4], [walk(0, 0, 1)]);
  expect(shape).toEqual([6, 4]);
  expect(walks).toEqual([walk(0, 1)]);
  expect(joinAxes([], [walk()])).toEqual({ shape: [], walks: [walk()] });
});
