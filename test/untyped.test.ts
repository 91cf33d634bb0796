// What JavaScript callers, whom no compiler warns, get for arguments of the wrong kind.
import { expect, test } from "vitest";
import * as lintel from "../src/index.js";

const { LintelError, input, randn } = lintel;
const x = randn([2, 3]);

/** The library as JavaScript sees it. */
const untyped = lintel as unknown as Record<string, (...given: unknown[]) => unknown>;

test.each([
  ["einsum", [3, x], 'einsum: the subscripts are a string such as "ij,jk->ik", got 3'],
  ["einsum", [], 'einsum: the subscripts are a string such as "ij,jk->ik", got nothing'],
  ["rearrange", [x], 'rearrange: the pattern is a string such as "b h w -> b (h w)", got nothing'],
  ["rearrange", [x, 5], "got 5"],
  [
    "tensordot",
    [x, x, [1, 0]],
    "tensordot: axes are a number, or a list for each operand such as [[-1], [0]]",
  ],
  ["full", [[2], 5n], "full: the value must be a number, got 5n"],
  ["full", [[2]], "full: the value must be a number, got nothing"],
  ["concat", [x, x], "concat: takes a list of tensors, got a Tensor"],
  ["stack", [], "stack: takes a list of tensors, got nothing"],
  ["split", [x], "split: takes a number of parts or a list of lengths, got nothing"],
])("%s, case %#", (name, given, message) => {
  expect(() => untyped[name](...given)).toThrow(LintelError);
  expect(() => untyped[name](...given)).toThrow(message);
});

test("bind", () => {
  const bind = (sizes: unknown) => () => input(["B"]).bind(sizes as { B: number });
  expect(bind(undefined)).toThrow("bind: takes sizes by name such as { B: 32 }, got nothing");
  expect(bind("B")).toThrow("got 'B'");
});
