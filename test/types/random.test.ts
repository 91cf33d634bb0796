import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { operandCases } from "./random/operands.js";
import { Picker } from "./random/picker.js";
import { singleCases } from "./random/single.js";
import { Statements } from "./random/statements.js";
import { runTsc, writeProgram } from "./run-tsc.js";

// Random shapes go through the run-time rules of src/shape; every answer becomes a statement about the
// compile-time rules of src/shape/types, and tsc checks them all at once.
describe("the two halves of src/shape", () => {
  test("compile-time and run-time rules agree on random shapes", async () => {
    const program = new Statements();
    operandCases(program, new Picker(2024));
    singleCases(program, new Picker(7));
    expect(program.count).toBeGreaterThan(2_000);
    expect(program.errors).toBeGreaterThan(700);
    expect(program.messages).toBeGreaterThan(500);

    const lines = program.toString().split("\n");
    const folder = writeProgram("random", program.toString());
    const { diagnostics } = await runTsc("-p", join(folder, "tsconfig.json"));
    expect(diagnostics.map(({ line, text }) => `${text}\n  ${lines[line - 1]}`)).toEqual([]);
  });
});
