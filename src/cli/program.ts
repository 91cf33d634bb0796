import { readFileSync } from "node:fs";
import { Argument, Command, CommanderError } from "commander";
import "../backends/cpu.js";
import { LintelError } from "../base/errors.js";
import { fullBench, type Bench } from "../cost/machine/index.js";
import type { Io } from "./io.js";
import { addAnalyze } from "./verbs/analyze.js";
import { addDoctor } from "./verbs/doctor.js";
import { addExplain } from "./verbs/explain.js";
import { addRun } from "./verbs/run.js";

function version(): string {
  const manifest = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/**
 * Runs one command line, without the program's name, and answers the exit code: 0, 1 for a failure or for an
 * answer of no (shapes that do not fit, a model that does not), 2 for bad input. Messages go to `io`; nothing is
 * thrown. `bench` is how hard to measure the machine, where that is asked for.
 */
export async function main(argv: readonly string[], io: Io, bench: Bench = fullBench): Promise<number> {
  let code = 0;
  const program = new Command("lintel")
    .description("The linear algebra of deep learning: what a model costs, what it computes.")
    .version(version(), "-v, --version")
    .showSuggestionAfterError()
    .showHelpAfterError("(lintel --help says more)")
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.width,
      outputError: (text, write) => write(text.replace(/^error: /, "lintel: ")),
    });
  const fail = (failure: number): void => {
    code = failure;
  };
  addAnalyze(program, io, bench, fail);
  addRun(program, io, bench);
  addExplain(program, io, fail);
  addDoctor(program, io, bench);
  for (const command of program.commands) {
    command.showHelpAfterError(`(lintel ${command.name()} --help says more)`);
  }
  addHelp(program);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

/** `lintel help <verb>`. Commander's own answers an unknown verb with the help of the whole program and no reason. */
function addHelp(program: Command): void {
  const verbs = program.commands.map((command) => command.name());
  program
    .helpCommand(false)
    .command("help")
    .description("what the program, or one of its verbs, is told")
    .addArgument(new Argument("[verb]").choices(verbs))
    .action((verb?: string) => {
      (program.commands.find((command) => command.name() === verb) ?? program).outputHelp();
    });
}

/** Control characters from a hostile file or argument must not reach the terminal. */
const printable = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (c) =>
    c === "\n" ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What a person reads when something is wrong: one message, no stack. */
function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // Commander has written already
  if (error instanceof LintelError) {
    io.stderr(`lintel: ${printable(error.message)}\n`);
    return error.constructor === LintelError ? 1 : 2;
  }
  const message = printable(error instanceof Error ? error.message : String(error));
  const isFileError = error instanceof Error && "code" in error && "path" in error;
  io.stderr(isFileError ? `lintel: ${message}\n` : `lintel: internal error: ${message}\n`);
  return isFileError ? 2 : 1;
}
