import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, ProgramFolder, programsOf } from "./markdown.js";
import { root } from "./types/run-tsc.js";

const readme = readFileSync(`${root}/README.md`, "utf8");
const blocks = blocksOf(`${root}/README.md`);
const programs = programsOf(blocks);

let folder: ProgramFolder;
beforeAll(() => {
  folder = new ProgramFolder(".readme", programs);
});
afterAll(() => folder.remove());

/** Lines of `text`; a line `…` stands for any number of lines. */
function matcher(text: string): RegExp {
  const lines = text.trimEnd().split("\n");
  const escaped = lines.map((line) => (line === "…" ? "[\\s\\S]*?" : escapeLine(line)));
  return new RegExp(`^${escaped.join("\\n")}$`);
}

const escapeLine = (line: string): string => line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("the programs in README.md", () => {
  test("type-check", async () => {
    expect(await folder.diagnostics()).toEqual([]);
  });

  test.each(programs)("$name prints what stands below it", async (program) => {
    expect(await folder.run(program)).toBe(program.output === "" ? "\n" : program.output);
  });
});

test("the analysis in README.md is what the command prints", () => {
  const command = /^npm start -- (analyze .*)$/m.exec(readme)?.[1].split(" ") ?? [];
  const printed = execFileSync(
    process.execPath,
    [fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)), ...command],
    {
      encoding: "utf8",
      env: { ...process.env, COLUMNS: "100", NO_COLOR: "1" },
    },
  );
  const shown = blocks[blocks.findIndex(({ text }) => text.startsWith("npm start -- analyze")) + 1].text;
  expect(printed.trimEnd()).toMatch(matcher(shown));
});
