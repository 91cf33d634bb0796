import { native } from "#native";
import { ConfigError } from "../base/errors.js";
import { describe } from "../base/describe.js";
import { requireFunction } from "../base/options.js";
import { wasmBuild } from "../kernels/index.js";
import type { NativeStatus } from "../native/index.js";

/** What computes on the CPU, fastest first: the machine's BLAS, WebAssembly, plain loops. */
export type Engine = "native" | "wasm" | "reference";

export type { NativeStatus };

/** One engine of this process. */
export interface EngineStatus {
  readonly name: Engine;
  readonly available: boolean;
  /** What it is, or why it is missing, in one line. */
  readonly summary: string;
  /** The search for a BLAS library; only for `native`. */
  readonly native?: NativeStatus;
}

let forced: Engine | undefined;

/** The engine that `withEngine` asks for; undefined while each op takes the fastest. */
export const forcedEngine = (): Engine | undefined => forced;

/**
 * Runs `body`, which is synchronous, on one engine: `native` sends every product that BLAS can express to it,
 * however small; what an engine does not compute goes to the next slower one. For tests and comparisons.
 * Throws `ConfigError` when this machine lacks the engine.
 *
 * @example
 * withEngine("reference", () => matmul(eye(2), ones([2, 1]))).toArray(); // [[1], [1]]
 */
export function withEngine<T>(engine: Engine, body: () => T): T {
  const all = engines();
  const found = all.find(({ name }) => name === engine);
  if (found?.available !== true) {
    const problem =
      found === undefined
        ? `withEngine: an engine is ${all.map(({ name }) => name).join(", ")}, got ${describe(engine)}`
        : `The ${engine} engine is not available: ${found.summary}`;
    throw new ConfigError(problem, { key: "engine", value: engine });
  }
  requireFunction("withEngine", "the body", body);
  const before = forced;
  const choice = native.select(engine === "native" ? "always" : "off");
  forced = engine;
  try {
    return body();
  } finally {
    forced = before;
    native.select(choice);
  }
}

/**
 * What this process can compute with, fastest first. Looks for a BLAS library if nobody has yet.
 *
 * @example
 * engines().map(({ name }) => name); // ["native", "wasm", "reference"]
 */
export function engines(): EngineStatus[] {
  const status = native.status();
  const build = wasmBuild();
  return [
    { name: "native", available: status.available, summary: summarise(status), native: status },
    {
      name: "wasm",
      available: build !== undefined,
      summary: build === undefined ? "off, or no WebAssembly SIMD here" : `WebAssembly, ${build} SIMD`,
    },
    { name: "reference", available: true, summary: "plain loops, sums in float64" },
  ];
}

function summarise({ library, path, config, threads, reason, lapack }: NativeStatus): string {
  if (reason !== null) return reason;
  return `${config ?? library}, ${threads} thread${threads === 1 ? "" : "s"}, ${path}${lacks(lapack)}`;
}

/** What is missing of LAPACK: decompositions that need it run on the next engine. */
function lacks(lapack: NativeStatus["lapack"]): string {
  if (lapack === null) return "";
  if (lapack.reason !== null) return `; no LAPACK: ${lapack.reason}`;
  const refused = lapack.refused.map(({ routine, reason }) => `${routine} (${reason})`);
  return refused.length === 0 ? "" : `; without ${refused.join(", ")}`;
}
