// What the page tells the test: plain data, because it crosses from the browser to Node.

/** One op against its float64 reference. */
export interface Comparison {
  readonly name: string;
  /** The largest error in units of ε times the size of the result; not finite when anything is NaN. */
  readonly roundings: number;
  /** Terms of the longest sum: rounding errors grow with it. */
  readonly terms: number;
}

/** One large product on one thread and on two. */
export interface ThreadsReport {
  /** As the library chooses by itself. */
  readonly byItself: EngineReport;
  /** After asking for two threads. */
  readonly asked: EngineReport;
  readonly sameBits: boolean;
  readonly comparison: Comparison;
}

export interface EngineReport {
  readonly build: string | undefined;
  readonly threads: number;
  readonly started: boolean;
  readonly reason?: string;
}

/** What holds on the main thread and in a worker alike. */
export interface ScopeReport {
  readonly isolated: boolean;
  readonly cores: number;
  readonly product: Comparison;
  /** Of `engines()`: name and summary of those that are available. */
  readonly engines: Readonly<Record<string, string>>;
  readonly threads: ThreadsReport;
}

export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface WorkerReport extends ScopeReport {
  readonly comparisons: readonly Comparison[];
  readonly conformance: {
    readonly ops: readonly string[];
    readonly elements: number;
    readonly differences: readonly string[];
  };
  readonly stored: Readonly<Record<string, StoredTensor>>;
  readonly llama: { readonly shape: readonly number[]; readonly logits: readonly number[] };
}

export interface PageReport {
  readonly main: ScopeReport;
  readonly worker: WorkerReport;
}

/** What the worker sends: what it found, or why it stopped. */
export type Message = { readonly report: WorkerReport } | { readonly error: string };

/** The page's or worker's global scope, as far as it is used: the repository compiles without the DOM's types. */
export interface Scope {
  readonly crossOriginIsolated: boolean;
  readonly navigator: { readonly hardwareConcurrency: number };
  readonly Worker: new (url: URL, options: { type: "module" }) => WorkerLike;
  readonly fetch: (url: string) => Promise<{ readonly blob: () => Promise<Blob> }>;
  readonly postMessage: (message: Message) => void;
  /** What the test waits for. */
  report?: Promise<PageReport>;
}

interface WorkerLike {
  addEventListener(type: "message", listener: (event: { readonly data: Message }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
}

export const scope = globalThis as unknown as Scope;
