import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { dim, input, zeros } from "./index.js";

const shown = (x: { readonly dims: readonly unknown[] }): string => x.dims.map(String).join(" ");

test("a claim that holds gives the names that it states", () => {
  expect(shown(zeros([32, 768]).as(["B", 768]))).toBe("B 768");
  expect(shown(input(["B", "n"]).flatten().as(["n*B"]))).toBe("B·n");
  expect(shown(zeros([dim("B", 2), 3]).as(["B", 3]))).toBe("B 3");
});

test("a name keeps the size that it met", () => {
  const x = zeros([4, 4, 8]).as(["n", "n", "d"]);
  expect(x.shape).toEqual([4, 4, 8]);
  expect(() => zeros([4, 5]).as(["n", "n"])).toThrow("as: [4, 5] is not [n, n]: n is 4 and 5");
});

test("a claim that does not hold throws", () => {
  expect(() => zeros([32, 768]).as(["B", 512])).toThrow(ShapeError);
  expect(() => zeros([32, 768]).as(["B", 512])).toThrow(
    "as: [32, 768] is not [B, 512]: axis 1 is 768, not 512",
  );
  expect(() => zeros([32, 768]).as(["B"])).toThrow("as: [32, 768] is not [B]");
  expect(() => input(["B", 4]).as(["B", "B"])).toThrow("B is B and 4");
  // Two names are never assumed equal, and a name without a size is not a number.
  expect(() => input(["B", "n"]).as(["B", "m"])).toThrow(ShapeError);
  expect(() => input(["B", "n"]).as(["B", 7])).toThrow(ShapeError);
  expect(() => zeros([dim("B", 2)]).as(["n"])).toThrow(ShapeError);
});
