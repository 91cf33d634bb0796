import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { randomProgram } from "./random-cases.js";
import { runTsc, writeProgram } from "./run-tsc.js";

describe("the two halves of src/shape", () => {
  test("compile-time and run-time rules agree on random shapes", async () => {
    const program = randomProgram(20240607);
    expect(program.cases).toBeGreaterThan(1_300);
    expect(program.errors).toBeGreaterThan(400);
    expect(program.messages).toBeGreaterThan(300);
    const lines = program.source.split("\n");
    const { diagnostics } = await runTsc("-p", join(writeProgram("random", program.source), "tsconfig.json"));
    expect(diagnostics.map(({ line, text }) => `${text}\n  ${lines[line - 1]}`)).toEqual([]);
  });
});
