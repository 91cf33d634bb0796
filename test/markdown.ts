// Programs in Markdown: a `ts` block, and what it prints in a `text` block right after it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { format } from "node:util";
import { vi } from "vitest";
import { root, runTsc } from "./types/run-tsc.js";

export interface Block {
  readonly language: string;
  readonly text: string;
}

export interface Program {
  readonly name: string;
  readonly text: string;
  readonly output: string;
}

/** Every fenced block of a document. */
export const blocksOf = (file: string): Block[] =>
  [...readFileSync(file, "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }));

export const programsOf = (blocks: readonly Block[]): Program[] =>
  blocks.flatMap(({ language, text }, i) =>
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

/** Programs as files in a folder of the package, so that `lintel` resolves to itself. */
export class ProgramFolder {
  readonly #name: string;

  constructor(name: string, programs: readonly Program[]) {
    this.#name = name;
    mkdirSync(this.#path, { recursive: true });
    for (const program of programs) writeFileSync(`${this.#path}/${program.name}`, program.text);
  }

  get #path(): string {
    return `${root}/test/${this.#name}`;
  }

  async diagnostics(): Promise<unknown[]> {
    const config = {
      extends: "../../tsconfig.json",
      compilerOptions: { noUnusedLocals: false },
      include: ["*.ts"],
    };
    writeFileSync(`${this.#path}/tsconfig.json`, JSON.stringify(config));
    return (await runTsc("-p", `test/${this.#name}`)).diagnostics;
  }

  /** What a program prints. */
  async run({ name }: Program): Promise<string> {
    const lines: string[] = [];
    const log = vi
      .spyOn(console, "log")
      .mockImplementation((...values) => void lines.push(format(...values)));
    try {
      await import(`${this.#path}/${name}`);
    } finally {
      log.mockRestore();
    }
    return `${lines.join("\n")}\n`;
  }

  remove(): void {
    rmSync(this.#path, { recursive: true, force: true });
  }
}
