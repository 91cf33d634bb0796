import { describe, expect, test } from "vitest";
import "../backends/cpu.js";
import { ShapeError } from "../base/errors.js";
import { cast } from "../ops/cast/op.js";
import { concat } from "../ops/concat/op.js";
import { transpose } from "../ops/transpose/op.js";
import { abstractTensor, randn } from "../tensor/create.js";
import { KeyValueCache } from "./cache.js";

const layer = {};
const rows = (length: number, seed: number) => randn([2, 3, length, 4], { seed });

describe("a cache", () => {
  test("answers everything appended so far, through every growth", () => {
    const cache = new KeyValueCache();
    const parts = [5, 1, 1, 7, 1, 20].map((length, seed) => rows(length, seed));
    parts.forEach((part, i) => {
      const [keys, values] = cache.append(layer, part, rows(part.sizes[2], 100 + i));
      expect(keys.toArray()).toEqual(concat(parts.slice(0, i + 1), 2).toArray());
      expect(values.shape).toEqual(keys.shape);
    });
    expect(cache.length).toBe(35);
  });

  test("shows all it has, also behind a window", () => {
    const cache = new KeyValueCache();
    const parts = [rows(3, 1), rows(2, 2)];
    for (const part of parts) cache.append(layer, part, part, 2);
    expect(cache.contents(layer)?.keys.toArray()).toEqual(concat(parts, 2).toArray());
    expect(cache.contents({})).toBeUndefined();
  });

  test("leaves what it answered before unchanged", () => {
    const cache = new KeyValueCache();
    const first = rows(2, 1);
    const [early] = cache.append(layer, first, first);
    for (let i = 0; i < 5; i++) cache.append(layer, rows(1, i), rows(1, i));
    expect(early.toArray()).toEqual(first.toArray());
  });

  test("takes strided keys", () => {
    const cache = new KeyValueCache();
    const swapped = transpose(randn([2, 5, 3, 4], { seed: 9 }), 1, 2); // [2, 3, 5, 4]
    expect(cache.append(layer, swapped, swapped)[0].toArray()).toEqual(swapped.toArray());
  });

  test("keeps layers apart", () => {
    const cache = new KeyValueCache();
    const other = {};
    cache.append(layer, rows(3, 1), rows(3, 2));
    expect(cache.lengthOf(layer)).toBe(3);
    expect(cache.lengthOf(other)).toBe(0);
    cache.append(other, rows(3, 3), rows(3, 4));
    expect(cache.length).toBe(3);
  });

  test("keeps the dtype", () => {
    const half = randn([1, 1, 2, 4], { dtype: "bfloat16" });
    const [keys] = new KeyValueCache().append(layer, half, half);
    expect(keys.dtype).toBe("bfloat16");
    expect(keys.toArray()).toEqual(half.toArray());
  });

  test.each([
    ["batch", [1, 3, 1, 4]],
    ["batch and heads, as many rows", [3, 2, 1, 4]],
    ["width, as many elements", [2, 1, 1, 12]],
  ])("refuses another %s", (_, shape) => {
    const cache = new KeyValueCache();
    cache.append(layer, rows(2, 1), rows(2, 1));
    expect(() => cache.append(layer, randn(shape), randn(shape))).toThrow(ShapeError);
    expect(cache.length).toBe(2);
  });

  test("refuses another dtype", () => {
    const cache = new KeyValueCache();
    cache.append(layer, rows(2, 1), rows(2, 1));
    const half = cast(rows(1, 2), "float16");
    expect(() => cache.append(layer, half, half)).toThrow(
      "the cache holds float32, got float16 [2, 3, 1, 4]",
    );
  });

  test("takes no positions at all, first and later", () => {
    const cache = new KeyValueCache();
    for (const length of [0, 2, 0]) cache.append(layer, rows(length, 1), rows(length, 1));
    expect(cache.contents(layer)?.keys.toArray()).toEqual(rows(2, 1).toArray());
  });

  test("takes back what a failing body appended, in every layer", () => {
    const cache = new KeyValueCache();
    const other = {};
    cache.append(layer, rows(3, 1), rows(3, 1));
    const fail = () => {
      cache.append(layer, rows(2, 2), rows(2, 2));
      cache.attempt(() => cache.append(other, rows(2, 2), rows(2, 2)));
      throw new ShapeError("no", {});
    };
    expect(() => cache.attempt(fail)).toThrow("no");
    expect([cache.lengthOf(layer), cache.lengthOf(other)]).toEqual([3, 0]);
    expect(cache.append(layer, rows(1, 4), rows(1, 4))[0].toArray()).toEqual(
      concat([rows(3, 1), rows(1, 4)], 2).toArray(),
    );
  });

  test("of abstract tensors is a length", () => {
    const cache = new KeyValueCache({ length: "past" });
    const step = abstractTensor(["B", 8, 1, 128]);
    const [keys] = cache.append(layer, step, step);
    expect(String(keys.dims)).toBe("B,8,past + 1,128");
    expect(() => new KeyValueCache({ length: 3 }).append(layer, rows(1, 1), rows(1, 1))).toThrow(
      /starts at 3 positions holds none of them/,
    );
  });
});
