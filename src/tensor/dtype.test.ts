import { expect, test } from "vitest";
import { allocate, bytesOf, checkDType, dtypes, floatResult, promoteTypes } from "./dtype.js";

test("every dtype has the bytes of its array", () => {
  expect(dtypes.map((dtype) => allocate(dtype, 3).byteLength)).toEqual(
    dtypes.map((dtype) => 3 * bytesOf(dtype)),
  );
  expect(dtypes.map(bytesOf)).toEqual([4, 8, 2, 2, 4, 8, 1, 1]);
});

// torch.promote_types, for the dtypes that PyTorch and Lintel share
test.each([
  ["float32", "float64", "float64"],
  ["float16", "bfloat16", "float32"],
  ["float16", "float32", "float32"],
  ["float16", "int64", "float16"],
  ["bfloat16", "bool", "bfloat16"],
  ["float32", "int64", "float32"],
  ["int32", "int64", "int64"],
  ["uint8", "int32", "int32"],
  ["bool", "uint8", "uint8"],
] as const)("%s with %s meets in %s", (a, b, expected) => {
  expect([promoteTypes(a, b), promoteTypes(b, a)]).toEqual([expected, expected]);
});

test("promotion is a semilattice: idempotent, commutative, associative", () => {
  for (const a of dtypes) {
    expect(promoteTypes(a, a)).toBe(a);
    for (const b of dtypes) {
      expect(promoteTypes(a, b)).toBe(promoteTypes(b, a));
      const joined = dtypes.map((c) => promoteTypes(promoteTypes(a, b), c));
      expect(joined).toEqual(dtypes.map((c) => promoteTypes(a, promoteTypes(b, c))));
    }
  }
});

test("functions of integers answer in float32", () => {
  expect(dtypes.map(floatResult)).toEqual([
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "float32",
    "float32",
    "float32",
    "float32",
  ]);
});

test("an unknown dtype is refused by name", () => {
  expect(() => checkDType("half")).toThrow("unknown dtype 'half'; use one of float32, float64");
});
