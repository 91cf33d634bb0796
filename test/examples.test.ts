import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { examples, runExample } from "../scripts/example.mjs";
import { figures } from "./chapter-figures.js";
import { root, runTsc } from "./types/run-tsc.js";

const folder = join(root, "examples");
const names = examples();

const outputs = new Map<string, Promise<string>>();

/** What an example prints. Each runs once. */
function outputOf(name: string): Promise<string> {
  const known = outputs.get(name) ?? capture(name);
  outputs.set(name, known);
  return known;
}

async function capture(name: string): Promise<string> {
  const lines: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: unknown = "") => void lines.push(String(line)));
  await runExample(name);
  log.mockRestore();
  return `${lines.join("\n")}\n`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** Lines that say "measured" carry figures of the machine: their decimals are not compared. */
const withoutMeasurements = (output: string): string =>
  output.replace(/^.*measured:.*$/gm, (line) => line.replace(/\s+\d+\.\d+(e[+-]\d+)?/g, " #"));

const expectedFile = (name: string): string =>
  join(folder, dirname(name), "expected", `${name.split("/").at(-1)}.txt`);

describe("every example prints what is expected", () => {
  // UPDATE_EXPECTED=1 writes the files anew; read the difference before committing it.
  test.each(names)("%s", async (name) => {
    const output = withoutMeasurements(await outputOf(name));
    const file = expectedFile(name);
    if (process.env["UPDATE_EXPECTED"] === "1") {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, output);
    }
    expect(existsSync(file), `${file} is missing: run with UPDATE_EXPECTED=1`).toBe(true);
    expect(output).toBe(readFileSync(file, "utf8"));
  });

  test("and there is no expectation without an example", () => {
    const stored = ["", "chapter"].flatMap((part) =>
      readdirSync(join(folder, part, "expected")).map((file) => join(part, file.replace(/\.txt$/, ""))),
    );
    expect(stored.toSorted()).toEqual(names);
  });
});

const pattern = (parts: readonly string[]): RegExp =>
  new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*?"), "m");

describe("the figures of the chapter", () => {
  test.each(Object.keys(figures))("%s", async (name) => {
    let rest = await outputOf(`chapter/${name}`);
    for (const parts of figures[name]) {
      const found = pattern(parts).exec(rest);
      expect(found, `${parts.join(" … ")} in\n${rest}`).not.toBeNull();
      rest = rest.slice(found!.index + found![0].length);
    }
  });

  test("word analogy: the nearest word is the one that completes it", async () => {
    const answers = [...(await outputOf("chapter/02-word-analogy")).matchAll(/≈\n {2}(\w+)/g)].map(
      ([, word]) => word,
    );
    expect(answers).toEqual(["queen", "prince", "horse"]);
  });

  test("blocking costs n³/√M: a cache four times as large halves the loads", async () => {
    const output = await outputOf("chapter/17-cache-misses");
    const loads = [...output.matchAll(/([\d,]+) with blocks/g)].map(([, n]) => Number(n.replaceAll(",", "")));
    expect(loads).toHaveLength(3);
    for (const i of [1, 2]) expect(loads[i - 1] / loads[i]).toBeCloseTo(2, 1);
  });

  test.each(names)("every law that %s checks holds", async (name) => {
    expect((await outputOf(name)).split("\n").filter((line) => /\bfalse\b|NaN|undefined/.test(line))).toEqual(
      [],
    );
  });
});

describe("docs/errata.md", () => {
  // | where | the chapter says | `right` | why | [program] |
  const errata = readFileSync(join(root, "docs/errata.md"), "utf8");
  const rows = [...errata.matchAll(/^\|.*`.*\[(\S+)\]\(.*\) *\|$/gm)].map(([row, program]) => {
    const [, where, , right] = row.split("|").map((cell) => cell.trim());
    return { where, program, right: [...right.matchAll(/`([^`]+)`/g)].map(([, figure]) => figure) };
  });

  test.each(rows)("$where: $right comes out of $program", async ({ program, right }) => {
    const output = await outputOf(`chapter/${program}`);
    expect(right.length).toBeGreaterThan(0);
    for (const figure of right) expect(output).toContain(figure);
  });

  test("has a row for every erratum that we know", () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });
});

test("examples/README.md lists every program", () => {
  const links = [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/\]\((\S+)\.ts\)/g)];
  expect(links.map(([, name]) => name).toSorted()).toEqual(names);
});

test("the dimension errors say in the editor what they say when they run", async () => {
  const name = "29-dimension-errors";
  const source = readFileSync(join(folder, "chapter", `${name}.ts`), "utf8");
  const promised = [...source.matchAll(/@ts-expect-error (.*)$/gm)].map(([, message]) => message);
  expect(promised).toHaveLength(4);

  // The same program without the comments that silence the compiler, where neither git nor the linter looks.
  const place = join(root, "node_modules/.cache/lintel-examples");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "program.ts"), source.replaceAll("@ts-expect-error", ""));
  copyFileSync(join(folder, "chapter/format.ts"), join(place, "format.ts"));
  const paths = { lintel: [`${root}/dist/index.d.ts`] };
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { paths },
    files: ["program.ts"],
    include: [],
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(config));
  const { diagnostics } = await runTsc("-p", place);

  const inEditor = diagnostics.map(({ text }) => /parameter of type '"(.*)"'\.$/.exec(text)?.[1]);
  expect(inEditor).toEqual(promised);
  const output = await outputOf(`chapter/${name}`);
  for (const message of promised) expect(output).toContain(`ShapeError:\n    ${message}\n`);
});

describe("npm run example", () => {
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, "scripts/example.mjs"), ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });

  test("lists every example with its description", () => {
    const lines = run().trim().split("\n").slice(2);
    expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual(names);
    for (const line of lines) expect(line).toMatch(/^\s+\S+ {2,}\S.{10,}/);
  });

  test("runs one by the beginning of its name", () => {
    expect(run("chapter/05")).toContain("[-0.4, 1.4]");
  });

  test.each([
    ["chapter/99", "no example is called 'chapter/99'"],
    ["chapter/exercise", "may be chapter/exercise-1-similarity or"],
  ])("refuses %s", (name, message) => {
    let failure: { status?: number; stderr?: string } = {};
    try {
      run(name);
    } catch (error) {
      failure = error as typeof failure;
    }
    expect(failure.status).toBe(2);
    expect(failure.stderr).toContain(message);
  });
});
