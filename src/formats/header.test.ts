import { describe, expect, test } from "vitest";
import { craft, entry, formatError } from "../../test/fuzz/crafted.js";
import { openSafetensors } from "./index.js";

const one = entry("U8", [4], 0, 4);

describe("a header is refused, with its tensor and byte offset,", () => {
  const refused: readonly [
    why: string,
    header: string,
    message: RegExp,
    tensor?: string | undefined,
    offset?: number,
  ][] = [
    ["with a byte order mark", `\ufeff{"t":${one}}`, /byte order mark/, undefined, 8],
    ["that is an array", "[]", /must be a JSON object/, undefined, 8],
    ["with text after its end", `{"t":${one}} x`, /'x' after the end/, undefined, 8 + 6 + one.length + 1],
    ["with a NUL padding", `{"t":${one}}\0`, /U\+0000 after the end/],
    [
      "with a raw control character in a name",
      `{"a\u0001":${one}}`,
      /U\+0001 must be escaped/,
      undefined,
      11,
    ],
    ["with an invalid escape", String.raw`{"a\x":${one}}`, /'\\x' is not a JSON escape/, undefined, 11],
    ["with half a surrogate", String.raw`{"\ud800":${one}}`, /surrogate escape/, undefined, 10],
    ["with a reversed surrogate pair", String.raw`{"\udc00\ud800":${one}}`, /surrogate escape/],
    ["with a trailing comma", `{"t":${one},}`, /member name in quotes/],
    ["cut short", `{"t":{"dtype":"U8"`, /',' or '}' is expected, got the end/],
    ["nested too deep", `{"t":${"[".repeat(200)}`, /nesting is deeper than 127/],
    ["with an entry that is a list", `{"t":["U8",[4],[0,4]]}`, /must be an object/, "t", 9],
    ["without dtype", `{"t":{"shape":[4],"data_offsets":[0,4]}}`, /has no "dtype"/, "t", 9],
    ["without shape", `{"t":{"dtype":"U8","data_offsets":[0,4]}}`, /has no "shape"/, "t"],
    ["without data_offsets", `{"t":{"dtype":"U8","shape":[4]}}`, /has no "data_offsets"/, "t"],
    [
      "with a field twice",
      `{"t":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}`,
      /given twice/,
      "t",
      27,
    ],
    ["with an unknown dtype", `{"t":${entry("F128", [4], 0, 4)}}`, /unknown dtype "F128"/, "t"],
    ["with a dtype from a prototype", `{"t":${entry("constructor", [4], 0, 4)}}`, /unknown dtype/, "t"],
    ["with a negative size", `{"t":${entry("U8", [-4], 0, 4)}}`, /integers >= 0, got -4/, "t"],
    [
      "with a fraction",
      `{"t":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}`,
      /integers >= 0, got 4\.0/,
      "t",
    ],
    [
      "with an exponent",
      `{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4e0]}}`,
      /data_offsets .* got 4e0/,
      "t",
    ],
    ["with minus zero", `{"t":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}`, /got -0/, "t"],
    [
      "with a leading zero",
      `{"t":{"dtype":"U8","shape":[04],"data_offsets":[0,4]}}`,
      /',' or '\]' is expected/,
    ],
    ["with a size in quotes", `{"t":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}}`, /got "4"/, "t"],
    [
      "with 2^53 + 1",
      `{"t":{"dtype":"U8","shape":[9007199254740993],"data_offsets":[0,4]}}`,
      /beyond 2\^53/,
      "t",
    ],
    [
      "with a product that wraps to 4",
      `{"t":${entry("U8", [2 ** 33, 2 ** 31, 4], 0, 4)}}`,
      /overflows 64 bits/,
      "t",
    ],
    [
      "with an overflow before a zero",
      `{"t":${entry("U8", [2 ** 40, 2 ** 40, 0], 0, 0)}}`,
      /overflows 64 bits/,
      "t",
    ],
    [
      "with three offsets",
      `{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}`,
      /must be two integers/,
      "t",
    ],
    ["with offsets reversed", `{"t":${entry("U8", [4], 4, 0)}}`, /end before they begin/, "t"],
    [
      "with too few bytes",
      `{"t":${entry("F32", [4], 0, 4)}}`,
      /needs 16 bytes, data_offsets \[0, 4\] give 4/,
      "t",
    ],
    ["with a sub-byte remainder", `{"t":${entry("F4", [9], 0, 4)}}`, /36 bits, not whole bytes/, "t"],
    [
      "with a hole",
      `{"a":${entry("U8", [1], 0, 1)},"b":${entry("U8", [2], 2, 4)}}`,
      /bytes 1 to 2 .* no tensor/,
      "b",
    ],
    [
      "with an overlap",
      `{"a":${entry("U8", [3], 0, 3)},"b":${entry("U8", [2], 2, 4)}}`,
      /\[2, 4\] overlap \[0, 3\] of "a"/,
      "b",
    ],
    [
      "with bytes before the first tensor",
      `{"t":${entry("U8", [3], 1, 4)}}`,
      /bytes 0 to 1 .* no tensor/,
      "t",
    ],
    ["with bytes after the last tensor", `{"t":${entry("U8", [3], 0, 3)}}`, /1 bytes after the last tensor/],
    [
      "that promises more data",
      `{"t":${entry("U8", [9], 0, 9)}}`,
      /truncated: 5 of 9 bytes of data are missing/,
    ],
    [
      "with metadata that is no object",
      `{"__metadata__":[],"t":${one}}`,
      /__metadata__ must be an object/,
      undefined,
      9,
    ],
    [
      "with a metadata number",
      `{"__metadata__":{"a":1},"t":${one}}`,
      /__metadata__ "a" must be a string, got 1/,
    ],
    ["with metadata twice", `{"__metadata__":{},"__metadata__":{},"t":${one}}`, /given twice/],
  ];

  test.each(refused)("%s", async (_, header, message, tensor, offset) => {
    const error = await formatError(openSafetensors(craft(header, 4)));
    expect(error.message).toMatch(message);
    expect(error.details["file"]).toContain("bytes in memory");
    expect(error.details["tensor"]).toBe(tensor);
    const found = error.details["offset"];
    expect(found).toBe(offset ?? Number(found));
  });

  test("that is not UTF-8, at the first bad byte", async () => {
    const header = new TextEncoder().encode(`{"é?":${one}}`);
    header[4] = 0xff;
    const error = await formatError(openSafetensors(craft(header, 4)));
    expect(error.details["offset"]).toBe(12);
  });

  test("with offsets counted in bytes, not in characters", async () => {
    const error = await formatError(openSafetensors(craft(`{"😀é":null}`)));
    expect(error.details).toMatchObject({ tensor: "😀é", offset: 9 });
    const later = await formatError(openSafetensors(craft(`{"😀é":${one},"b":null}`, 4)));
    expect(later.details["offset"]).toBe(8 + 1 + 8 + 1 + one.length + 1);
  });
});

describe("oddities that the reference reader lets pass are warned about:", () => {
  const passed: readonly [why: string, header: string, warning: RegExp][] = [
    ["leading whitespace", ` \n{"t":${one}}`, /whitespace precedes/],
    [
      "unknown fields",
      `{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"extra":{"deep":[1e3]}}}`,
      /unknown field "extra"/,
    ],
    [
      "a name twice, of which the last counts",
      `{"t":${entry("I8", [1, 4], 0, 4)},"t":${one}}`,
      /declared twice/,
    ],
    [
      "a malformed range that a later declaration replaces",
      `{"t":${entry("U8", [4], 4, 0)},"t":${one}}`,
      /declared twice/,
    ],
    ["a metadata key twice", `{"__metadata__":{"a":"x","a":"y"},"t":${one}}`, /gives "a" twice/],
  ];

  test.each(passed)("%s", async (_, header, warning) => {
    const file = await openSafetensors(craft(header, 4));
    expect(file.warnings).toHaveLength(1);
    expect(file.warnings[0]).toMatch(warning);
    expect(file.info("t")).toMatchObject({ dtype: "uint8", storedDType: "U8", shape: [4], byteLength: 4 });
  });

  test("a thousand of them are counted, not kept", async () => {
    const header = `{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":0}${`,"t":${one}`.repeat(999)}}`;
    const { warnings } = await openSafetensors(craft(header, 4));
    expect(warnings).toHaveLength(51);
    expect(warnings[50]).toBe("… and 950 more warnings");
  });
});
