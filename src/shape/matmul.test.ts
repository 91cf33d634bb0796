import { expect, test } from "vitest";
import { showShape, toSize, type SizeLike } from "./dim.js";
import { matmulShape } from "./matmul.js";

const product = (a: SizeLike[], b: SizeLike[]): string =>
  showShape(matmulShape(a.map(toSize), b.map(toSize)));

test.each([
  [[3, 4], [4, 5], "[3, 5]"],
  [["B", 12, "n", 64], ["B", 12, 64, "n"], "[B, 12, n, n]"],
  [["B", 1, "n", 64], [12, 64, 64], "[B, 12, n, 64]"],
  [["d"], ["d"], "[]"],
  [["d"], ["B", "d", "m"], "[B, m]"],
  [["B", "n", "d"], ["d"], "[B, n]"],
  [[2, 0], [0, 3], "[2, 3]"],
])("%j @ %j is %s", (a, b, expected) => {
  expect(product(a, b)).toBe(expected);
});

test.each([
  [
    [32, 128, 768],
    [32, 512, 768],
    "inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?",
  ],
  [[768, 3], [768, 4], "inner dims 3 and 768 differ; did you mean .transpose(-2, -1).matmul(other)?"],
  [["n", "d"], ["e", "m"], "matmul: [n, d] @ [e, m]: inner dims d and e differ"],
  [[3], [4], "lengths 3 and 4 differ"],
  [["B", 2, 3], ["C", 3, 4], "batch dims B and C do not broadcast"],
  [[], [3], "left operand is a scalar, use .mul"],
  [[3], [], "right operand is a scalar, use .mul"],
])("%j @ %j is refused", (a, b, message) => {
  expect(() => product(a, b)).toThrow(message);
});
