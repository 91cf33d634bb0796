import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runTsc } from "./run-tsc.js";

// The package as it is installed: what it exports can be named, and nothing else.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lintel-declared-"));
  const installed = join(folder, "node_modules", "lintel");
  const declarations = (path: string): boolean => statSync(path).isDirectory() || path.endsWith(".d.ts");
  cpSync(join(root, "dist"), join(installed, "dist"), { recursive: true, filter: declarations });
  cpSync(join(root, "package.json"), join(installed, "package.json"));
  cpSync(join(root, "test/types/declared/program.ts"), join(folder, "program.ts"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a library's declarations name only public types, and ours need neither Node's types nor a new lib", async () => {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    declaration: true,
    skipLibCheck: false,
    types: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  expect((await runTsc("-p", folder)).diagnostics).toEqual([]);
  const written = readFileSync(join(folder, "program.d.ts"), "utf8");
  expect(written).toContain('scores: Tensor<["B", "n", "n"]>');
  expect(written.match(/^.*(?:node_modules|dist\/).*$/gm)).toBeNull();
});
