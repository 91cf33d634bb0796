import { describe, expect, test } from "vitest";
import { ConfigError } from "./errors.js";
import { readOptions, requireBoolean } from "./options.js";

interface Options {
  readonly mode?: string;
  readonly fullMatrices?: boolean;
}
const read = (options: unknown): Options => readOptions("op", options as Options, ["mode", "fullMatrices"]);

describe("readOptions", () => {
  test("hands through what is known", () => {
    expect(read({})).toEqual({});
    expect(read({ mode: "r", fullMatrices: undefined })).toEqual({ mode: "r" });
  });

  test.each([
    [{ full_matrices: true }, "op: no option 'full_matrices'; did you mean 'fullMatrices'?"],
    [{ Mode: 1 }, "op: no option 'Mode'; did you mean 'mode'?"],
    [{ zzzzzzzz: 1 }, "op: no option 'zzzzzzzz'; there is mode, fullMatrices"],
    ["r", "op: options are given by name, { mode, fullMatrices }, got 'r'"],
    [null, "op: options are given by name, { mode, fullMatrices }, got null"],
    [3, "op: options are given by name, { mode, fullMatrices }, got 3"],
    [[], "op: options are given by name, { mode, fullMatrices }, got an array"],
  ])("%j is an error", (options, message) => {
    expect(() => read(options)).toThrow(ConfigError);
    expect(() => read(options)).toThrow(message);
  });
});

test("a flag is true or false, nothing that counts as either", () => {
  expect(requireBoolean("sum", "keepdims", true)).toBe(true);
  expect(requireBoolean("sum", "keepdims", false)).toBe(false);
  for (const value of [0, 1, "false", null, { keepdims: false }] as unknown[]) {
    expect(() => requireBoolean("sum", "keepdims", value as boolean)).toThrow(ConfigError);
  }
  expect(() => requireBoolean("sum", "keepdims", "false" as never)).toThrow(
    "sum: keepdims must be true or false, got 'false'",
  );
});
