import { expect, test } from "vitest";
import * as axes from "./axes.js";
import { toSize, type SizeLike } from "./dim.js";

const shape = (...sizes: SizeLike[]) => sizes.map(toSize);
const x = shape("B", "n", 768);

test("an axis is a position from either end, or the name of its size", () => {
  expect([0, 2, -1, -3, "n", "B"].map((axis) => axes.resolveAxis("sum", x, axis))).toEqual([
    0, 2, 2, 0, 1, 0,
  ]);
  expect(axes.resolveAxis("sum", shape("2*n", 3), "2·n")).toBe(0);
});

test.each([
  [3, "sum: axis 3 is out of range for [B, n, 768]; its axes are -3 to 2"],
  [0.5, "sum: axis 0.5 is out of range"],
  ["m", "sum: [B, n, 768] has no axis named 'm'; use the axis number"],
])("axis %s is refused", (axis, message) => {
  expect(() => axes.resolveAxis("sum", x, axis)).toThrow(message);
});

test("a name that occurs twice, and an axis of a scalar, are refused", () => {
  expect(() => axes.resolveAxis("sum", shape("n", "n"), "n")).toThrow(
    "[n, n] has more than one axis named 'n'",
  );
  expect(() => axes.resolveAxis("sum", [], 0)).toThrow("sum: axis 0 is out of range for []; it is a scalar");
});

test("several axes come sorted, each once", () => {
  expect(axes.resolveAxes("sum", x, [-1, "B"])).toEqual([0, 2]);
  expect(axes.resolveAxes("sum", x, undefined)).toEqual([0, 1, 2]);
  expect(axes.resolveAxes("sum", x, [])).toEqual([]);
  expect(() => axes.resolveAxes("sum", x, [1, "n"])).toThrow("sum: axis n of [B, n, 768] is given twice");
});

test("a reduction drops its axes or leaves them with size 1", () => {
  expect(String(axes.reduceShape(x, [0, 2], false))).toBe("n");
  expect(String(axes.reduceShape(x, [0, 2], true))).toBe("1,n,1");
});
