import { ConfigError } from "../base/errors.js";
import { Arena, type WasmMemory } from "./arena.js";
import type { KernelExports } from "./exports.js";
import * as relaxed from "./generated/relaxed.js";
import * as plain from "./generated/simd.js";

/** Which module runs: fused multiply-add ("relaxed") or SIMD without it ("plain"). */
export type WasmBuild = "plain" | "relaxed";

/** An instantiated module and the scratch memory it works in. */
export interface Kernels {
  readonly build: WasmBuild;
  readonly exports: KernelExports;
  readonly arena: Arena;
}

/** Kernels in memory that other threads can share: they instantiate the same module over it. */
export interface SharedKernels extends Kernels {
  readonly module: object;
  readonly memory: WasmMemory;
}

// The part of the WebAssembly API used here; the package compiles without the DOM's types.
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

const host = globalThis as {
  readonly WebAssembly?: WebAssemblyApi;
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
};

/** The bytes of a module. */
export function decode(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Pages of 64 KiB: all that the modules may address, and what suffices where drivers keep to the arena's limit. */
const MOST_PAGES = 65536;
const MOST_SHARED_PAGES = 2048;

/** A module at work: its exports, which the caller knows, and its memory. */
export interface Instance {
  readonly exports: unknown;
  readonly arena: Arena;
  readonly module: object;
  readonly memory: WasmMemory;
}

/** Undefined where this runtime cannot run the module. */
export function instantiate(
  bytes: Uint8Array,
  shared: boolean,
  maximum = shared ? MOST_SHARED_PAGES : MOST_PAGES,
): Instance | undefined {
  const api = host.WebAssembly;
  if (api?.validate(bytes) !== true) return undefined;
  const memory = new api.Memory({ initial: 1, maximum, shared });
  const module = new api.Module(bytes);
  const { exports } = new api.Instance(module, { env: { memory } });
  const start = (exports as { arenaStart(): number }).arenaStart();
  return { exports, arena: new Arena(memory, start), module, memory };
}

function instantiateKernels(build: WasmBuild, shared: boolean, pages?: number): SharedKernels | undefined {
  const { binary, memoryFlags } = build === "relaxed" ? relaxed : plain;
  const bytes = decode(binary);
  if (shared) bytes[memoryFlags] = 3; // all that the build for shared memory differs in
  const instance = instantiate(bytes, shared, pages);
  return instance && { ...instance, build, exports: instance.exports as KernelExports };
}

/** Fresh kernels over shared memory of their own. Throws where shared memory is not to be had. */
export function instantiateShared(build: WasmBuild, pages?: number): SharedKernels | undefined {
  return instantiateKernels(build, true, pages);
}

/** Fresh kernels over memory of their own, which lives as long as they do. */
export function instantiateAlone(build: WasmBuild): Kernels | undefined {
  return instantiateKernels(build, false);
}

type Choice = WasmBuild | "auto" | "off";

function readChoice(): Choice {
  let value: string | undefined;
  try {
    value = host.process?.env?.["LINTEL_WASM"];
  } catch {
    return "auto"; // an environment that may not be read (Deno without permission)
  }
  if (value === undefined || value === "" || value === "auto") return "auto";
  if (value === "plain" || value === "relaxed" || value === "off") return value;
  throw new ConfigError(`LINTEL_WASM is "${value}"; it must be plain, relaxed, off or auto.`, {
    key: "LINTEL_WASM",
    value,
  });
}

const loaded = new Map<WasmBuild, Kernels | undefined>();
let choice: Choice | undefined;
/** What `choice` led to: every op asks. */
let current: Kernels | undefined;

function load(build: WasmBuild): Kernels | undefined {
  if (!loaded.has(build)) loaded.set(build, instantiateKernels(build, false));
  return loaded.get(build);
}

/** The kernels in use, instantiated on the first call; undefined where WebAssembly SIMD is missing or off. */
export function kernels(): Kernels | undefined {
  if (choice === undefined) selectWasmBuild(readChoice());
  return current;
}

/** Whether the WASM kernels can run here. */
export function wasmAvailable(): boolean {
  return kernels() !== undefined;
}

/** The build in use, or undefined without WASM. */
export function wasmBuild(): WasmBuild | undefined {
  return kernels()?.build;
}

/** Overrides `LINTEL_WASM` for this process: a build, "off", or "auto" for the best supported. */
export function selectWasmBuild(build: WasmBuild | "auto" | "off"): void {
  choice = build;
  if (build === "auto") current = load("relaxed") ?? load("plain");
  else current = build === "off" ? undefined : load(build);
}

/** The kernels, or an error for callers that did not ask `wasmAvailable()` first. */
export function requireKernels(): Kernels {
  const found = kernels();
  if (found === undefined) {
    throw new ConfigError(
      "The WASM kernels are not available here: ask wasmAvailable() before calling them.",
    );
  }
  return found;
}
