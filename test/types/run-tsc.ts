import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

export interface Diagnostic {
  /** Relative to the repository. */
  readonly file: string;
  readonly line: number;
  /** "TS2345: Argument of type …", the first line of the message. */
  readonly text: string;
}

/** Runs the project's own compiler. Fails when its output is not a list of diagnostics. */
export function runTsc(...args: string[]): Promise<{ diagnostics: Diagnostic[]; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [tsc, "--pretty", "false", ...args],
      { cwd: root, maxBuffer: 1 << 26 },
      (error, output, errors) => {
        const diagnostics = output.split("\n").flatMap(readDiagnostic);
        if (error !== null && diagnostics.length === 0) reject(new Error(`tsc failed: ${output}${errors}`));
        else resolve({ diagnostics, output });
      },
    );
  });
}

function readDiagnostic(line: string): Diagnostic[] {
  const match = /^(.*)\((\d+),\d+\): error (TS\d+: .*)$/.exec(line);
  return match === null ? [] : [{ file: match[1], line: Number(match[2]), text: match[3] }];
}

/** Writes a generated program and a tsconfig for it where neither git nor the test runner looks. */
export function writeProgram(name: string, source: string): string {
  const folder = join(root, "node_modules", ".cache", "lintel-types", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "program.ts"), source);
  const up = relative(folder, root);
  const config = {
    extends: join(up, "test/types/tsconfig.json"),
    compilerOptions: { rootDir: up },
    files: ["program.ts"],
    include: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return folder;
}
