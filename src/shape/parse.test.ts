import { expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { parsePolynomial, parseSize } from "./parse.js";

test.each([
  ["B", "B"],
  ["768", "768"],
  ["2*B*n+1", "2·B·n + 1"],
  ["2·B·seq²·768", "1536·B·seq²"],
  ["n³", "n³"],
  ["(n+1)*(n-1)", "n² - 1"],
  ["(n+1)^2", "n² + 2·n + 1"],
  [" n  - n ", "0"],
  ["größe_1", "größe_1"],
  ["9007199254740993", "9007199254740993"],
  ["n^0", "1"],
  ["-n + 3", "-n + 3"],
  ["n¹²·B²", "B²·n¹²"],
  ["(-2)*n2", "-2·n2"],
  ["2*n^3/3", "2·n³/3"],
  ["4·m·n²/3 - 1/2", "4·m·n²/3 - 1/2"],
  ["6*n/4/3", "n/2"],
  ["(n+1)/2*2", "n + 1"],
])("%s means %s", (text, meaning) => {
  expect(parsePolynomial(text).toCanonicalString()).toBe(meaning);
});

test.each([
  "",
  "2*",
  "n+",
  "(n",
  "n)",
  "n m",
  "2n",
  "n^",
  "n^m",
  "n^65",
  "a$b",
  "*n",
  "1.5",
  "n/",
  "n/0",
  "n/m",
  "/2",
])("%j is refused", (text) => {
  expect(() => parsePolynomial(text)).toThrow(ShapeError);
});

test("the message shows the text and what to write", () => {
  expect(() => parsePolynomial("2*")).toThrow("'2*' is not a size: write a name (B), an integer (768)");
  expect(() => parsePolynomial("a$b")).toThrow("'a$b' is not a size: unexpected '$'");
});

test("sizes are not divided", () => {
  expect(parseSize("2*n").toString()).toBe("2·n");
  expect(() => parseSize("n/2")).toThrow("'n/2' is not a size: unexpected '/'");
  expect(() => parseSize("4*n/2")).toThrow(ShapeError);
});
