import { threadsAskedFor } from "../base/threads.js";
import { ConfigError } from "../base/errors.js";
import { discover, type Attempt, type Blas } from "./discover.js";
import { loadKoffi, messageOf } from "./foreign.js";
import type { Lapack, LapackStatus } from "./lapack/lapack.js";
import { loadedFile } from "./loaded-file.js";

/** What became of the search for a BLAS library. */
export interface NativeStatus {
  readonly available: boolean;
  /** `openblas`, `mkl`, `blis`, `accelerate`, or `blas` for one that says nothing about itself. */
  readonly library: string | null;
  /** The file that was opened, in full where the system tells. */
  readonly path: string | null;
  /** The library's own description: version, processor, build options. */
  readonly config: string | null;
  /** Threads that it was told to use. */
  readonly threads: number | null;
  readonly integerBits: 32 | 64 | null;
  /** Why there is none; null when there is one. */
  readonly reason: string | null;
  readonly tried: readonly Attempt[];
  /** What the library has of LAPACK; null when there is no library. */
  readonly lapack: LapackStatus | null;
}

interface Search {
  readonly blas: Blas | undefined;
  readonly status: NativeStatus;
}

/** Which products go to the library: the ones that it does faster, all that it can do, or none. */
export type NativeChoice = "auto" | "always" | "off";

let choice: NativeChoice | undefined;
let search: Search | undefined;

/** Overrides `LINTEL_NATIVE` for this process, and says what was chosen before. */
export function selectNative(next: NativeChoice): NativeChoice {
  const before = nativeChoice();
  choice = next;
  return before;
}

/** Whether the user lets Lintel call into the machine's libraries at all. */
export const nativeAllowed = (): boolean => readChoice() !== "off";

export const nativeChoice = (): NativeChoice => (choice ??= readChoice());

/** The library, opened on the first call; undefined where there is none or it is off. */
export function blas(): Blas | undefined {
  if (nativeChoice() === "off") return undefined;
  return (search ??= look()).blas;
}

/** The library's LAPACK, under the same conditions as its BLAS. */
export const lapack = (): Lapack | undefined => blas()?.lapack;

/** What was found. Looks for a library if nobody has yet. Never throws for a missing one. */
export function nativeStatus(): NativeStatus {
  if (nativeChoice() === "off" && search === undefined) return nothing("turned off by LINTEL_NATIVE=off", []);
  search ??= look();
  // Only whoever asks pays for looking at every routine.
  if (search.blas !== undefined && search.status.lapack === null)
    search = { ...search, status: { ...search.status, lapack: search.blas.lapack.status() } };
  return search.status;
}

function look(): Search {
  const { env: environment, platform } = process;
  const threads = readThreads();
  try {
    const koffi = loadKoffi();
    const { blas: found, tried } = discover({ koffi, platform, environment, threads });
    if (found === undefined) return { blas: undefined, status: nothing(explain(tried), tried) };
    const { family: library, file, config, integerBits } = found;
    const status = { available: true, library, path: loadedFile(file), config, threads, integerBits };
    return { blas: found, status: { ...status, reason: null, tried, lapack: null } };
  } catch (error) {
    const reason = `koffi, an optional dependency, cannot be loaded (npm install koffi): ${messageOf(error)}`;
    return { blas: undefined, status: nothing(reason, []) };
  }
}

function explain(tried: readonly Attempt[]): string {
  const named = process.env["LINTEL_BLAS"];
  if (tried.length === 1 && tried[0].file === named) return `LINTEL_BLAS=${named}: ${tried[0].outcome}`;
  const where = named === undefined || named === "" ? "" : ` for LINTEL_BLAS=${named}`;
  return `no usable BLAS library was found${where}; install OpenBLAS, or name a file in LINTEL_BLAS`;
}

const nothing = (reason: string, tried: readonly Attempt[]): NativeStatus => ({
  available: false,
  library: null,
  path: null,
  config: null,
  threads: null,
  integerBits: null,
  reason,
  tried,
  lapack: null,
});

function readChoice(): NativeChoice {
  const value = process.env["LINTEL_NATIVE"];
  if (value === undefined || value === "" || value === "auto") return "auto";
  if (value === "off") return "off";
  throw new ConfigError(`LINTEL_NATIVE is "${value}"; it must be off or auto.`, {
    key: "LINTEL_NATIVE",
    value,
  });
}

/** `LINTEL_THREADS`, otherwise the processors that this process may use. */
const readThreads = (): number => threadsAskedFor(process.env["LINTEL_THREADS"]) ?? processors();

const processors = (): number => process.getBuiltinModule("node:os").availableParallelism();
