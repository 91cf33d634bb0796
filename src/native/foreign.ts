// The part of koffi that is used here. koffi's own declarations are full of `any`, and it may not be installed.

/** What crosses the border to C: numbers, strings, and the memory of typed arrays, which is not copied. */
export type ForeignArgument = number | string | ArrayBufferView;

export interface ForeignFunction {
  (...args: readonly ForeignArgument[]): unknown;
  /** Calls it on another thread; the last argument is told when it is done. */
  readonly async?: (...args: readonly (ForeignArgument | (() => void))[]) => void;
}

/** The name of a C type, or one that was declared. */
export type ForeignType = string | { readonly fields: Readonly<Record<string, string>> };

export interface ForeignLibrary {
  func(name: string, result: ForeignType, parameters: readonly string[]): ForeignFunction;
}

export interface ForeignInterface {
  /** Settings of all calls, before the first of them. */
  config?(settings: { readonly sync_stack_size: number }): unknown;
  /** Declares a C structure, which functions then return as an object. */
  struct(fields: Readonly<Record<string, string>>): ForeignType;
  /** Opens a library; null is the running process with all that it has loaded. */
  load(path: string | null): ForeignLibrary;
}

/**
 * koffi calls on a stack of its own, of 1 MiB by default. The threaded LU of OpenBLAS built for 64 processors needs more,
 * and would write past its end.
 */
const STACK_BYTES = 8 * 2 ** 20;

type Require = (id: string) => unknown;

interface Host {
  readonly getBuiltinModule?: (id: "node:module") => { createRequire(from: string): Require } | undefined;
}

/** koffi, loaded when the first caller asks. Throws when it is not installed or has no build for this machine. */
export function loadKoffi(): ForeignInterface {
  // getBuiltinModule, because an import of node:module would follow this file into every bundle.
  const { getBuiltinModule } = process as Host;
  const module = getBuiltinModule?.("node:module");
  if (module === undefined) throw new Error("this runtime has no process.getBuiltinModule");
  const koffi = module.createRequire(import.meta.url)("koffi") as ForeignInterface;
  try {
    koffi.config?.({ sync_stack_size: STACK_BYTES });
  } catch {
    // Another user of koffi in this process has called through it already: its settings stay.
  }
  return koffi;
}

/** A function of the library, or undefined when it has none of that name. */
export function find(
  library: ForeignLibrary,
  name: string,
  result: ForeignType,
  parameters: readonly string[],
): ForeignFunction | undefined {
  try {
    return library.func(name, result, parameters);
  } catch {
    return undefined;
  }
}

/** The first line of what went wrong: koffi and Node append stacks of files to theirs. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0];
