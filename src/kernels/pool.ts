import type { KernelExports } from "./exports.js";
import type { SharedKernels } from "./module.js";
import { spawn, type WorkerHandle } from "./spawn.js";
import {
  CLAIMED,
  COMPLETED,
  CONTROL_BYTES,
  DONE,
  FAILED,
  FIRST_ORDER,
  LOOKS,
  OPEN,
  ORDER_WORDS,
  PATIENT_MS,
  PUBLISHED,
  READY,
  RING,
  workerSource,
} from "./worker-source.js";

/** One kernel call on staged operands. With `scratchBytes` the last argument is where the threads' scratch lies. */
export interface Call {
  readonly kernel: keyof KernelExports;
  readonly parameters: readonly number[];
  readonly scratchBytes?: number;
}

/**
 * Work cut into pieces that do not depend on the number of threads. The main thread stages and finishes the pieces
 * in order; any thread computes them.
 */
export interface Job {
  readonly pieces: number;
  /** Pieces that can be in flight, at most `MOST_SLOTS`: piece i uses the arena's slot i mod slots. */
  readonly slots: number;
  /** How many pieces must be finished before this one starts. */
  after(piece: number): number;
  /** Copies the piece's operands into its slot. */
  stage(piece: number, slot: number): Call;
  /** Copies the piece's result out. */
  finish(piece: number, slot: number): void;
  /** Computes this piece and all behind it without the pool, because a worker was lost. */
  rest(piece: number): void;
}

export const MOST_SLOTS = RING;

/** Milliseconds without progress after which a worker that holds a piece is given up; a piece takes a few. */
const PATIENCE = 5000;

export interface PoolOptions {
  readonly workers: number;
  /** Hears once when a worker is lost, and with it the pool. */
  readonly onLost: (reason: string) => void;
  readonly patience?: number;
  readonly source?: string;
}

/** Threads that compute pieces of a job in shared memory. The thread that runs the job is one of them. */
export class ThreadPool {
  readonly kernels: SharedKernels;
  /** Threads that may compute, the main thread included. */
  readonly lanes: number;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #functions: readonly ((...parameters: number[]) => void)[];
  readonly #workers: WorkerHandle[] = [];
  readonly #onLost: (reason: string) => void;
  readonly #patience: number;
  #mayWait = true;
  #lost = false;

  /** Starts the workers and returns at once: they join when they are up. Throws where workers are forbidden. */
  constructor(kernels: SharedKernels, { workers, onLost, patience, source }: PoolOptions) {
    this.kernels = kernels;
    this.lanes = workers + 1;
    const control = new SharedArrayBuffer(CONTROL_BYTES);
    this.#words = new Int32Array(control);
    this.#numbers = new Float64Array(control);
    this.#indices = new Map(Object.keys(kernels.exports).map((name, i) => [name, i]));
    this.#functions = Object.values(kernels.exports) as ((...parameters: number[]) => void)[];
    this.#onLost = onLost;
    this.#patience = patience ?? PATIENCE;
    try {
      Atomics.wait(this.#words, DONE, 1, 0);
    } catch {
      this.#mayWait = false; // a browser's main thread spins
    }
    const { module, memory } = kernels;
    for (let lane = 1; lane <= workers; lane++) {
      const data = { module, memory, control, lane };
      this.#workers.push(spawn(source ?? workerSource, data, (reason) => this.#lose(reason)));
    }
  }

  /** Workers that have started. */
  get ready(): number {
    return Atomics.load(this.#words, READY);
  }

  /** Whether a worker was lost or the pool closed: a late worker may still write into its memory. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Stops the workers; the pool must not be used again. */
  close(): void {
    this.#lost = true;
    for (const worker of this.#workers) worker.terminate();
  }

  /** Stops one worker, as a crash would. For tests. */
  terminate(worker: number): void {
    this.#workers[worker].terminate();
  }

  run(job: Job): void {
    const { pieces, slots } = job;
    const words = this.#words;
    const first = Atomics.load(words, PUBLISHED);
    let staged = 0;
    let finished = 0;
    while (finished < pieces) {
      if (staged < pieces && staged - finished < slots && finished >= job.after(staged)) {
        this.#publish(first + staged, job.stage(staged, staged % slots));
        staged++;
        continue;
      }
      const state = Atomics.load(words, orderOf(first + finished));
      if (state === COMPLETED) {
        job.finish(finished, finished % slots);
        finished++;
      } else if (state === FAILED || (!this.#help() && !this.#waitFor(first + finished))) {
        this.#lose(state === FAILED ? "a kernel failed in it" : "it stopped in the middle of its work");
        return job.rest(finished);
      }
    }
  }

  #lose(reason: string): void {
    if (this.#lost) return;
    this.close();
    this.#onLost(reason);
  }

  #publish(ticket: number, { kernel, parameters, scratchBytes }: Call): void {
    const words = this.#words;
    const order = orderOf(ticket);
    words[order + 1] = this.#indices.get(kernel)!;
    words[order + 2] = parameters.length;
    words[order + 3] = scratchBytes ?? 0;
    this.#numbers.set(parameters, order / 2 + 2);
    Atomics.store(words, order, OPEN);
    Atomics.store(words, PUBLISHED, (ticket + 1) | 0);
    Atomics.notify(words, PUBLISHED, 1);
  }

  /** Computes one piece here, if there is one that nobody has taken. */
  #help(): boolean {
    const words = this.#words;
    for (;;) {
      const ticket = Atomics.load(words, CLAIMED);
      if (((Atomics.load(words, PUBLISHED) - ticket) | 0) <= 0) return false;
      if (Atomics.compareExchange(words, CLAIMED, ticket, (ticket + 1) | 0) !== ticket) continue;
      const order = orderOf(ticket);
      const at = order / 2 + 2;
      this.#functions[words[order + 1]](...this.#numbers.subarray(at, at + words[order + 2]));
      Atomics.store(words, order, COMPLETED);
      return true;
    }
  }

  /** Waits until a worker has completed this ticket. False when none has completed anything for too long. */
  #waitFor(ticket: number): boolean {
    const words = this.#words;
    const order = orderOf(ticket);
    let since = performance.now();
    do {
      for (let i = 0; i < LOOKS; i++) if (Atomics.load(words, order) !== OPEN) return true;
    } while (performance.now() - since < PATIENT_MS);
    for (;;) {
      const done = Atomics.load(words, DONE);
      if (Atomics.load(words, order) !== OPEN) return true;
      if (this.#mayWait) Atomics.wait(words, DONE, done, this.#patience / 4);
      if (Atomics.load(words, DONE) !== done) since = performance.now();
      else if (performance.now() - since > this.#patience) return false;
    }
  }
}

function orderOf(ticket: number): number {
  return FIRST_ORDER + (ticket & (RING - 1)) * ORDER_WORDS;
}
