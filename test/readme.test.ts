import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { format } from "node:util";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { root, runTsc } from "./types/run-tsc.js";

const readme = readFileSync(`${root}/README.md`, "utf8");
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text,
}));
const programs = blocks.flatMap(({ language, text }, i) =>
  language === "ts"
    ? [
        {
          name: `program-${i}.ts`,
          text,
          output: blocks[i + 1]?.language === "text" ? blocks[i + 1].text : "",
        },
      ]
    : [],
);

// Inside the package, so that `lintel` resolves to itself.
const folder = `${root}/test/.readme`;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of programs) writeFileSync(`${folder}/${name}`, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines of `text`; a line `…` stands for any number of lines. */
function matcher(text: string): RegExp {
  const lines = text.trimEnd().split("\n");
  const escaped = lines.map((line) => (line === "…" ? "[\\s\\S]*?" : escapeLine(line)));
  return new RegExp(`^${escaped.join("\\n")}$`);
}

const escapeLine = (line: string): string => line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("the programs in README.md", () => {
  test("type-check", async () => {
    const config = {
      extends: "../../tsconfig.json",
      compilerOptions: { noUnusedLocals: false },
      include: ["*.ts"],
    };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
    expect((await runTsc("-p", "test/.readme")).diagnostics).toEqual([]);
  });

  test.each(programs)("$name prints what stands below it", async ({ name, output }) => {
    const lines: string[] = [];
    const log = vi
      .spyOn(console, "log")
      .mockImplementation((...values) => void lines.push(format(...values)));
    try {
      await import(`${folder}/${name}`);
    } finally {
      log.mockRestore();
    }
    expect(`${lines.join("\n")}\n`).toBe(output === "" ? "\n" : output);
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
