import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { allocateResult } from "./memory.js";

test.each([0, 1, 2 ** 14, 2 ** 21])("a result of %i elements is zero", (length) => {
  const elements = allocateResult("float32", length) as Float32Array;
  expect(elements).toHaveLength(length);
  expect(elements.every((x) => x === 0)).toBe(true);
});

test("pages that were written and freed come back as zeros", () => {
  for (let round = 0; round < 200; round++) {
    const elements = allocateResult("float64", 2 ** 16) as Float64Array;
    expect(elements.every((x) => x === 0)).toBe(true);
    elements.fill(round + 1);
  }
});

test("no room", () => {
  expect(() => allocateResult("float64", 2 ** 50)).toThrow(ShapeError);
});

test("tiny results share memory and nothing else: each is zero, aligned and apart from the others", () => {
  const results = Array.from({ length: 500 }, (_, i) => {
    const dtype = (["uint8", "float32", "float64", "int64"] as const)[i % 4];
    const elements = allocateResult(dtype, (i * 7) % 120);
    expect([...elements].every((x) => Number(x) === 0)).toBe(true);
    if (dtype === "int64") (elements as BigInt64Array).fill(BigInt(i));
    else (elements as Float64Array).fill(i % 251);
    return elements;
  });
  results.forEach((elements, i) => {
    const own = i % 4 === 3 ? i : i % 251;
    expect([...elements].every((x) => Number(x) === own)).toBe(true);
  });
});
