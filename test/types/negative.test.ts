import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root, runTsc, type Diagnostic } from "./run-tsc.js";

const folder = "test/types/cases";

/** A comment `// error TS…: …` announces the diagnostic of the line below it. */
function announced(file: string): { line: number; text: string }[] {
  const lines = readFileSync(join(root, folder, file), "utf8").split("\n");
  return lines.flatMap((line, i) => {
    const match = /^\s*\/\/ error (TS\d+: .*)$/.exec(line);
    return match === null ? [] : [{ line: i + 2, text: match[1] }];
  });
}

describe("shapes checked by tsc", () => {
  let found: Diagnostic[];
  beforeAll(async () => {
    found = (await runTsc("-p", "test/types")).diagnostics;
  });
  const foundIn = (file: string): { line: number; text: string }[] =>
    found.filter((d) => d.file === `${folder}/${file}`).map(({ line, text }) => ({ line, text }));

  test("every mistake in negative.ts gives its announced message, and nothing else does", () => {
    const wanted = announced("negative.ts");
    expect(wanted.length).toBeGreaterThan(80);
    expect(foundIn("negative.ts")).toEqual(wanted);
  });

  test.each([
    "positive.ts",
    "generic.ts",
    "dims.ts",
    "layers.ts",
    "linalg.ts",
    "solvers.ts",
    "fn.ts",
    "num.ts",
    "algebra.ts",
  ])("%s is clean", (file) => {
    expect(foundIn(file)).toEqual([]);
  });

  test("there are no errors anywhere else", () => {
    expect(found.filter((d) => d.file !== `${folder}/negative.ts`)).toEqual([]);
  });
});
