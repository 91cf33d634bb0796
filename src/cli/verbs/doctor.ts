import type { Command } from "commander";
import type { Bench } from "../../cost/machine/index.js";
import { diagnose } from "../doctor/diagnose.js";
import { diagnosisText } from "../doctor/text.js";
import { Progress, type Io } from "../io.js";

interface Flags {
  readonly json?: boolean;
  readonly memory?: boolean;
}

export function addDoctor(program: Command, io: Io, bench: Bench): void {
  program
    .command("doctor")
    .description("what this machine offers and what Lintel uses of it, measured")
    .option("--memory", "also what the order of reading and the arithmetic per byte do to speed")
    .option("--json", "one object, raw numbers")
    .action(async (flags: Flags) => {
      const progress = new Progress(io, 0);
      const onStep = (what: string) => progress.update(`measuring ${what}`);
      const diagnosis = await diagnose({ ...bench, onStep }, flags.memory === true);
      progress.clear();
      io.stdout(
        flags.json === true ? `${JSON.stringify(diagnosis, null, 2)}\n` : diagnosisText(diagnosis, io),
      );
    });
}
