// Starting a worker thread: worker_threads in Node (and in what imitates it), Worker in browsers. The package
// compiles without the DOM's types, so the few parts used are described here.

/** A running worker. */
export interface WorkerHandle {
  terminate(): void;
}

interface NodeWorker {
  on(event: "error" | "exit", listener: (reason: unknown) => void): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface NodeThreads {
  readonly Worker: new (source: string, options: object) => NodeWorker;
}

interface WebWorker {
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  postMessage(data: object): void;
  terminate(): void;
}

interface WebHost {
  readonly Worker: new (url: string) => WebWorker;
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
}

interface Builtins {
  getBuiltinModule?(id: string): object | undefined;
}

/** A module of Node by name, without an import that bundlers for the browser would trip over. */
export function builtin(id: string): object | undefined {
  return (globalThis as { readonly process?: Builtins }).process?.getBuiltinModule?.(id);
}

/**
 * Starts `source` in a thread that gets `data` and does not keep the process alive. `onEnd` hears, with a reason, when
 * it stops on its own account. Throws where workers are missing or forbidden.
 */
export function spawn(source: string, data: object, onEnd: (reason: string) => void): WorkerHandle {
  const threads = builtin("node:worker_threads") as NodeThreads | undefined;
  if (threads !== undefined) {
    // Neither loaders nor conditions of the main thread: the source imports nothing.
    const worker = new threads.Worker(source, { eval: true, workerData: data, execArgv: [], env: {} });
    worker.on("error", (error) => onEnd(String(error)));
    worker.on("exit", (code) => onEnd(`it exited with code ${String(code)}`));
    worker.unref();
    return { terminate: () => void worker.terminate() };
  }
  const { Worker, Blob, URL } = globalThis as unknown as WebHost;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("error", ({ message }) => onEnd(message ?? "it could not be loaded"));
  worker.postMessage(data); // oxlint-disable-line unicorn/require-post-message-target-origin -- a worker has none
  // The browser fetches the text after this call; the URL may go once a task has passed.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return { terminate: () => worker.terminate() };
}
