import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Hardware } from "../cost/index.js";
import { describeMachine, measureMachine, measureOptions, type Bench } from "../cost/machine/index.js";
import { Progress, type Io } from "./io.js";

const rate = z.number().positive();
const source = z.string();

const keptMachine = z.object({
  id: z.string(),
  name: z.string(),
  memoryBytes: rate,
  bandwidthBytesPerSecond: rate,
  peakFlopsPerSecond: z.object({ float64: rate, float32: rate, tf32: rate, float16: rate, bfloat16: rate }),
  sources: z.object({
    memoryBytes: source,
    bandwidthBytesPerSecond: source,
    float64: source,
    float32: source,
    tf32: source,
    float16: source,
    bfloat16: source,
  }),
}) satisfies z.ZodType<Hardware>;

const keptFile = z.object({
  schema: z.literal("lintel.machine/1"),
  /** By what they depend on: processor, runtime, engines. */
  machines: z.record(z.string(), z.object({ measuredAt: z.string(), hardware: keptMachine })),
});

type KeptFile = z.infer<typeof keptFile>;

/** This machine's peaks: as measured once and kept in the user's cache folder, or measured now. */
export async function measuredMachine(io: Io, bench: Bench, remeasure = false): Promise<Hardware> {
  const file = io.cacheFolder === undefined ? undefined : join(io.cacheFolder, "machine.json");
  const key = describeMachine();
  const kept = file === undefined ? undefined : read(file);
  const known = kept?.machines[key];
  if (known !== undefined && !remeasure) return known.hardware;
  const progress = new Progress(io, 0);
  const onStep = (what: string) => progress.update(`measuring ${what}`);
  const hardware = await measureMachine(measureOptions({ ...bench, onStep }));
  progress.clear();
  if (file !== undefined) {
    const entry = { measuredAt: new Date().toISOString(), hardware };
    keep(file, { schema: "lintel.machine/1", machines: { ...kept?.machines, [key]: entry } });
  }
  return hardware;
}

/** What was kept, if it is whole and of this version; otherwise nothing, and it is measured again. */
function read(file: string): KeptFile | undefined {
  try {
    return keptFile.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that another process never reads half. A folder that refuses costs only time. */
function keep(file: string, content: KeptFile): void {
  const fresh = `${file}.${process.pid}`;
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(fresh, file);
  } catch {
    if (existsSync(fresh)) rmSync(fresh);
  }
}
