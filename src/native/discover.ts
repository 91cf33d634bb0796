import { bindProducts, type Products } from "./cblas.js";
import { find, messageOf, type ForeignInterface, type ForeignLibrary } from "./foreign.js";
import { fortranSymbols } from "./lapack/fortran.js";
import { Lapack, type LapackSource } from "./lapack/lapack.js";
import { decorations, families, type Family } from "./libraries.js";
import { checkItself } from "./self-check.js";

/** An opened and checked library. */
export interface Blas {
  readonly family: string;
  /** What the dynamic linker was asked for. */
  readonly file: string;
  readonly config: string | null;
  readonly threads: number;
  /** Sets how many threads the next call may use; does nothing where the library has no such function. */
  readonly useThreads: (count: number) => void;
  /** Bits of the integers that it takes: sizes beyond them are refused before the call. */
  readonly integerBits: 32 | 64;
  readonly float32: Products;
  readonly float64: Products;
  readonly lapack: Lapack;
}

/** A library that was looked for, and what became of it. */
export interface Attempt {
  readonly file: string;
  readonly outcome: string;
}

export interface Request {
  readonly koffi: ForeignInterface;
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly threads: number;
}

interface Candidate {
  readonly file: string;
  readonly family: Family | undefined;
}

/**
 * The libraries to try, best first. `LINTEL_BLAS` names a family (`mkl`), a path, or a file for the dynamic linker;
 * then nothing else is tried.
 */
export function candidates({
  platform,
  environment,
}: Pick<Request, "platform" | "environment">): Candidate[] {
  const wanted = environment["LINTEL_BLAS"];
  const chosen = families.find(({ name }) => name === wanted?.toLowerCase());
  if (wanted !== undefined && wanted !== "" && chosen === undefined)
    return [{ file: wanted, family: undefined }];
  return (chosen === undefined ? families : [chosen]).flatMap((family) =>
    (family.files[platform] ?? [])
      .map((file) => file.replace(/^\$(\w+)/, (_, name: string) => environment[name] ?? ""))
      .filter((file) => !file.startsWith("/lib/")) // the variable is not set
      .map((file) => ({ file, family })),
  );
}

/** Opens the first library that has the functions and computes a small product correctly. */
export function discover(request: Request): { readonly blas: Blas | undefined; readonly tried: Attempt[] } {
  const tried: Attempt[] = [];
  for (const { file, family } of candidates(request)) {
    try {
      const blas = open(request, file, family);
      tried.push({ file, outcome: "used" });
      return { blas, tried };
    } catch (error) {
      tried.push({ file, outcome: messageOf(error) });
    }
  }
  return { blas: undefined, tried };
}

function open({ koffi, threads, environment }: Request, file: string, expected: Family | undefined): Blas {
  if (expected?.threadsVariable !== undefined)
    environmentDefault(environment, expected.threadsVariable, threads);
  const library = koffi.load(file);
  const decoration = decorations.find(([before, after]) => has(library, `${before}cblas_sgemm${after}`));
  if (decoration === undefined) throw new Error("it has no cblas_sgemm: not a CBLAS library");
  const symbol = (name: string): string => `${decoration[0]}${name}${decoration[1]}`;
  const family =
    expected ?? families.find(({ setThreads }) => setThreads && has(library, symbol(setThreads[0])));

  const integerBits = probeIntegers(library, symbol("cblas_sdot"));
  const products = (letter: "s" | "d"): Products => bindProducts(library, symbol, letter, integerBits);
  const blas = { float32: products("s"), float64: products("d") };
  const useThreads = threadSetter(library, symbol, family);
  useThreads(threads);
  if (family?.reproducible !== undefined) {
    const [name, value] = family.reproducible;
    find(library, name, "int", ["int"])?.(value);
  }
  checkItself(blas);
  const config = family?.config === undefined ? undefined : find(library, symbol(family.config), "str", []);
  const describe = config === undefined ? null : String(config()).trim();
  const named = environment["LINTEL_LAPACK"];
  const own = { library, file, decoration, threads, useThreads };
  return {
    ...blas,
    family: family?.name ?? "blas",
    file,
    config: describe,
    threads,
    useThreads,
    integerBits,
    lapack: new Lapack(named === undefined || named === "" ? own : lapackOf(koffi, named, threads)),
  };
}

/** Another file than the one of BLAS, which LINTEL_LAPACK names: BLIS has no LAPACK of its own. */
function lapackOf(koffi: ForeignInterface, file: string, threads: number): LapackSource {
  try {
    const library = koffi.load(file);
    const decoration = decorations.find((each) =>
      fortranSymbols(each, "dgetrf").some((name) => has(library, name)),
    );
    if (decoration === undefined) throw new Error("it has no dgetrf_: not a LAPACK library");
    const symbol = (name: string): string => `${decoration[0]}${name}${decoration[1]}`;
    const family = families.find(({ setThreads }) => setThreads && has(library, symbol(setThreads[0])));
    return { library, file, decoration, threads, useThreads: threadSetter(library, symbol, family) };
  } catch (error) {
    return { file, reason: `LINTEL_LAPACK=${file}: ${messageOf(error)}` };
  }
}

/** Calls the library only when the number changes: most calls follow one of their own kind. */
function threadSetter(
  library: ForeignLibrary,
  symbol: (name: string) => string,
  family: Family | undefined,
): Blas["useThreads"] {
  const [name, type] = family?.setThreads ?? [];
  const set = name === undefined ? undefined : find(library, symbol(name), "void", [type!]);
  let current: number | undefined;
  return (count) => {
    if (count === current) return;
    current = count;
    set?.(count);
  };
}

const has = (library: ForeignLibrary, name: string): boolean => find(library, name, "void", []) !== undefined;

function environmentDefault(environment: Request["environment"], name: string, threads: number): void {
  (environment as Record<string, string | undefined>)[name] ??= String(threads);
}

/**
 * Whether integers have 32 bits (LP64) or 64 (ILP64), which no library says reliably. The dot product of 1 − 2³²
 * elements is one element long where only the low half is read, and empty, hence 0, where the whole number is.
 */
function probeIntegers(library: ForeignLibrary, name: string): 32 | 64 {
  const dot = find(library, name, "float", ["int64", "void *", "int64", "void *", "int64"]);
  if (dot === undefined) throw new Error(`it has no ${name}`);
  const result = dot(1 - 2 ** 32, new Float32Array([3]), 1, new Float32Array([5]), 1);
  if (result === 15) return 32;
  if (result === 0) return 64;
  throw new Error(`its integers could not be measured: ${name} gave ${String(result)}`);
}
