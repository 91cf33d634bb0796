import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where a verb writes and what the terminal can show: the process, or a test. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Whether stdout shows colours. */
  readonly color: boolean;
  /** Whether stderr is a terminal, which can show progress. */
  readonly progress: boolean;
  /** The user's folder for what can be computed again; nothing is kept where there is none. */
  readonly cacheFolder?: string | undefined;
}

/** Node leaves `isTTY` undefined on pipes and files, whatever its types say. */
const isTerminal = (stream: { readonly isTTY?: boolean | undefined }): boolean => stream.isTTY === true;

/** Colours follow NO_COLOR and FORCE_COLOR (no-color.org, force-color.org). */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  const forced = !["", "0", undefined].includes(env["FORCE_COLOR"]);
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return {
    stdout: (text) => void stdout.write(text),
    stderr: (text) => void stderr.write(text),
    width: stdout.columns ?? 100,
    color: !refused && (forced || isTerminal(stdout)),
    progress: isTerminal(stderr),
    cacheFolder: cacheFolder(process.platform, env, homedir()),
  };
}

/** Where the system wants caches: the XDG base directories, Apple's ~/Library, Windows' local application data. */
export function cacheFolder(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "lintel"); // the standard ignores relative paths
  if (platform === "darwin") return join(home, "Library", "Caches", "lintel");
  if (platform === "win32")
    return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "lintel", "cache");
  return join(home, ".cache", "lintel");
}

/** A line on stderr that is rewritten in place, shown only on a terminal and only for work of over `delay` ms. */
export class Progress {
  readonly #io: Io;
  readonly #delay: number;
  readonly #start = performance.now();
  #last = -Infinity;
  #shown = 0;

  constructor(io: Io, delay = 1000) {
    this.#io = io;
    this.#delay = delay;
  }

  /** Shows `text` while something is awaited for longer than a second. */
  async during<T>(text: string, work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.update(text), 1050);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      this.clear();
    }
  }

  update(text: string): void {
    const now = performance.now();
    if (!this.#io.progress || now - this.#start < this.#delay || now - this.#last < 100) return;
    this.#last = now;
    this.#io.stderr(`\r${text.padEnd(this.#shown)}`);
    this.#shown = Math.max(this.#shown, text.length);
  }

  clear(): void {
    if (this.#shown > 0) this.#io.stderr(`\r${" ".repeat(this.#shown)}\r`);
    this.#shown = 0;
  }
}
