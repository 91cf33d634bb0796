import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonFraction, JsonObject, parseJson, type JsonValue } from "./json.js";

class Refused extends Error {
  readonly at: number;

  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

const parse = (text: string): JsonValue =>
  parseJson(text, (problem, at) => {
    throw new Refused(problem, at);
  });

function accepted(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** As JSON.parse gives it. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonObject) {
    return Object.fromEntries(value.members.map((member) => [member.key, plain(member.value)]));
  }
  if (value instanceof JsonFraction) return Number(value.text);
  return Array.isArray(value) ? value.map(plain) : typeof value === "bigint" ? Number(value) : value;
}

describe("a strict reader", () => {
  test("agrees with JSON.parse on valid text, however it is spaced", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("", "\t", "\r\n "), (text, space) => {
        const value: unknown = JSON.parse(text);
        expect(plain(parse(JSON.stringify(value, undefined, space)))).toEqual(value);
      }),
    );
  });

  test("accepts nothing that JSON.parse refuses", () => {
    const fragment = fc.constantFrom(
      ...'{}[]",:\\u0012ed.-+ \n\t',
      "null",
      "true",
      "1e3",
      '"a"',
      "\u0001",
      "\ufeff",
    );
    fc.assert(
      fc.property(fc.string({ unit: fragment, maxLength: 12 }), (text) => {
        fc.pre(accepted(text));
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 200, maxSkipsPerRun: 1000 },
    );
  });

  test("keeps equal keys, their order and their places", () => {
    const object = parse(` {"b":1, "10":2,"b":{"__proto__":3}}`) as JsonObject;
    expect(object.members.map(({ key, at }) => [key, at])).toEqual([
      ["b", 2],
      ["10", 9],
      ["b", 16],
    ]);
    expect((object.members[2].value as JsonObject).members[0].key).toBe("__proto__");
  });

  test.each<[string, JsonValue]>([
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["-5", -5],
    ["0", 0],
    ["-0", new JsonFraction("-0")],
    ["1.0", new JsonFraction("1.0")],
    ["1e3", new JsonFraction("1e3")],
    ["123456789012345678901", new JsonFraction("123456789012345678901")],
    [String.raw`"\u00e9\ud83d\ude00\n\/\u0000"`, "é😀\n/\0"],
    [`"\u007f\u2028"`, "\u007f\u2028"],
  ])("reads %s exactly", (text, value) => expect(parse(text)).toEqual(value));

  test.each([
    ["", 0, "the end of the text"],
    ["[1,]", 3, "a value is expected, got ']'"],
    ["[1 2]", 3, "',' or ']' is expected, got '2'"],
    ["{1:2}", 1, "member name in quotes"],
    [`{"a" 1}`, 5, "':' is expected"],
    ["01", 1, "after the end"],
    ["+1", 0, "a value is expected"],
    ["1.", 1, "after the end"],
    [".5", 0, "a value is expected"],
    ["1e999", 0, "out of range"],
    ["NaN", 0, "a value is expected, got 'N'"],
    ["nul", 0, "a value is expected"],
    ["'a'", 0, "a value is expected"],
    [`"abc`, 0, "no closing quote"],
    [`"a\tb"`, 2, "U+0009 must be escaped"],
    [String.raw`"\u12g4"`, 1, "four hexadecimal digits"],
    [String.raw`"\u+123"`, 1, "four hexadecimal digits"],
    [String.raw`"\ud800\u0041"`, 1, "surrogate"],
    [String.raw`"\ud800x"`, 1, "surrogate"],
    ["1\u00a0", 1, "'\u00a0' after the end"],
    ["[//x\n]", 1, "a value is expected, got '/'"],
  ])("refuses %j at %i", (text, at, problem) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ at, message: expect.stringContaining(problem) }),
    );
  });

  test("takes 127 levels and not 128", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(parse(nested(127))).toHaveLength(1);
    expect(() => parse(nested(128))).toThrow("nesting is deeper than 127");
    expect(() => parse("[".repeat(1_000_000))).toThrow("nesting is deeper than 127");
  });

  test("does not choke on a very long number", () => {
    const digits = "9".repeat(1_000_000);
    expect(() => parse(digits)).toThrow("out of range");
    expect(parse(`0.${digits}`)).toEqual(new JsonFraction(`0.${"9".repeat(35)}...`));
  });
});
