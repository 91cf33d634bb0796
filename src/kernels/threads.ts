import { threadsAskedFor } from "../base/threads.js";
import { instantiateShared, kernels, type WasmBuild } from "./module.js";
import { PAGE } from "./arena.js";
import { ThreadPool } from "./pool.js";
import { builtin } from "./spawn.js";

/** What the engine does here, and why not more. */
export interface EngineStatus {
  /** The WebAssembly build in use; undefined without WebAssembly SIMD. */
  readonly build: WasmBuild | undefined;
  /** Threads that large operations use, the main thread included. */
  readonly threads: number;
  /** Whether the other threads are up; they start with the first large operation. */
  readonly started: boolean;
  /** Why there is one thread only. */
  readonly reason?: string;
}

interface Host {
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    emitWarning?(message: string): void;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly console?: { warn(message: string): void };
  readonly SharedArrayBuffer?: unknown;
}

const host = globalThis as Host;

/** More threads than this gain little: the main thread copies for all of them. */
const MOST_THREADS = 8;

interface Choice {
  readonly threads: number;
  /** Asked for by name, so that a refusal deserves a message. */
  readonly explicit: boolean;
}

function availableCores(): number {
  const os = builtin("node:os") as { availableParallelism(): number } | undefined;
  return os?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
}

function readChoice(): Choice {
  let value: string | undefined;
  try {
    value = host.process?.env?.["LINTEL_THREADS"];
  } catch {
    value = undefined; // an environment that may not be read (Deno without permission)
  }
  const threads = threadsAskedFor(value);
  if (threads !== undefined) return { threads, explicit: true };
  return { threads: Math.min(MOST_THREADS, availableCores()), explicit: false };
}

let choice: Choice | undefined;
let pool: ThreadPool | undefined;
/** Why no pool runs; once set, it is not tried again. */
let refusal: string | undefined;

function refuse(reason: string): void {
  refusal = reason;
  pool = undefined;
  if (choice?.explicit !== true) return;
  const message = `lintel: one thread instead of ${choice.threads}: ${reason}`;
  if (host.process?.emitWarning === undefined) host.console?.warn(message);
  else host.process.emitWarning(message);
}

function start(build: WasmBuild, threads: number): void {
  if (host.SharedArrayBuffer === undefined) {
    return refuse("no SharedArrayBuffer here (a page must be cross-origin isolated)");
  }
  try {
    const shared = instantiateShared(build);
    if (shared === undefined) return refuse("this runtime has no shared WebAssembly memory");
    const onLost = (reason: string) => refuse(`a worker thread was lost: ${reason}`);
    pool = new ThreadPool(shared, { workers: threads - 1, onLost });
  } catch (error) {
    refuse(`worker threads cannot start: ${String(error)}`);
  }
}

/**
 * The threads, if any are up. The first call starts them and does not wait: until they have joined, the caller works
 * alone.
 */
export function threadPool(): ThreadPool | undefined {
  choice ??= readChoice();
  const build = kernels()?.build;
  if (choice.threads === 1 || refusal !== undefined || build === undefined) return undefined;
  if (pool !== undefined && pool.kernels.build !== build) {
    pool.close();
    pool = undefined;
  }
  if (pool === undefined) start(build, choice.threads);
  return pool !== undefined && pool.ready > 0 ? pool : undefined;
}

/**
 * Threads over shared memory of their own, which can grow to `bytes`; `undefined` where one thread works alone. They
 * are the caller's to close.
 */
export function threadsOver(bytes: number): ThreadPool | undefined {
  choice ??= readChoice();
  const build = kernels()?.build;
  if (choice.threads === 1 || refusal !== undefined || build === undefined) return undefined;
  try {
    const shared = instantiateShared(build, Math.ceil(bytes / PAGE));
    const onLost = (reason: string) => refuse(`a worker thread was lost: ${reason}`);
    return shared && new ThreadPool(shared, { workers: choice.threads - 1, onLost });
  } catch {
    return undefined; // no shared memory, or no workers: the first large operation finds out why
  }
}

/** Overrides `LINTEL_THREADS` for this process; "auto" reads it again. With 1, running workers sleep. */
export function selectThreads(threads: number | "auto"): void {
  choice = threads === "auto" ? readChoice() : { threads, explicit: true };
  refusal = undefined;
  if (pool === undefined || choice.threads === 1 || choice.threads === pool.lanes) return;
  pool.close();
  pool = undefined;
}

/** Starts the threads and resolves when all are up, or when it is clear that there will be none. */
export async function whenThreadsReady(): Promise<void> {
  threadPool();
  const starting = () => choice?.threads !== 1 && pool !== undefined && pool.ready < pool.lanes - 1;
  while (starting()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The build and the number of threads in use, and why there are no more. */
export function engineStatus(): EngineStatus {
  choice ??= readChoice();
  const build = kernels()?.build;
  const alone = (reason: string): EngineStatus => ({ build, threads: 1, started: false, reason });
  if (build === undefined) return alone("no WebAssembly kernels");
  if (refusal !== undefined) return alone(refusal);
  if (choice.threads === 1) return alone(choice.explicit ? "LINTEL_THREADS is 1" : "one core");
  if (host.SharedArrayBuffer === undefined) {
    return alone("no SharedArrayBuffer here (a page must be cross-origin isolated)");
  }
  return { build, threads: choice.threads, started: pool !== undefined && pool.ready > 0 };
}
