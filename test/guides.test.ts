import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, ProgramFolder, programsOf } from "./markdown.js";
import { root } from "./types/run-tsc.js";

// Every guide with programs that print something.
const guides = readdirSync(`${root}/docs`)
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({
    file,
    programs: programsOf(blocksOf(`${root}/docs/${file}`)).filter(({ output }) => output !== ""),
  }))
  .filter(({ programs }) => programs.length > 0);

test("there are guides with programs", () => {
  expect(guides.length).toBeGreaterThan(0);
});

describe.each(guides)("the programs in docs/$file", ({ file, programs }) => {
  let folder: ProgramFolder;
  beforeAll(() => {
    folder = new ProgramFolder(`.guide-${file.replace(/\.md$/, "")}`, programs);
  });
  afterAll(() => folder.remove());

  test("type-check", async () => {
    expect(await folder.diagnostics()).toEqual([]);
  });

  test.each(programs)("$name prints what stands below it", async (program) => {
    expect(await folder.run(program)).toBe(program.output);
  });
});
