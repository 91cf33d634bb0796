import { find, messageOf, type ForeignLibrary } from "../foreign.js";
import { pack, type RealOperand, type Reals } from "../operand.js";
import { checks } from "./checks.js";
import { bindFortran, fortranSymbols } from "./fortran.js";
import { signatures, standard, type RoutineName, type Routines } from "./routines.js";
import { Scratch } from "./scratch.js";

export type Precision = "float32" | "float64";

/** What the library has of LAPACK. */
export interface LapackStatus {
  readonly available: boolean;
  readonly file: string;
  /** Why there is none at all; null when there is one. */
  readonly reason: string | null;
  readonly integerBits: 32 | 64 | null;
  /** The routines that are there and compute rightly, as `dgesdd`. */
  readonly routines: readonly string[];
  /** What is wrong with the others. */
  readonly refused: readonly { readonly routine: string; readonly reason: string }[];
}

/** An opened library, or the reason why there is none. */
export type LapackSource =
  | {
      readonly library: ForeignLibrary;
      readonly file: string;
      readonly decoration: readonly [prefix: string, suffix: string];
      readonly threads: number;
      readonly useThreads: (count: number) => void;
    }
  | { readonly file: string; readonly reason: string };

/**
 * Multiply-adds below which a decomposition stays on one thread: panels are narrow, and the threads of OpenBLAS wait
 * for each other by spinning.
 */
const LEAST_SHARED_WORK = 2 ** 24;

const dataTypes = { float32: Float32Array, float64: Float64Array };

/** The LAPACK of one library. Routines are looked up and checked when they are first asked for. */
export class Lapack {
  readonly scratch: { readonly [P in Precision]: Scratch };
  readonly integerBits: 32 | 64 | null;
  readonly #source: LapackSource;
  readonly #routines = new Map<string, Routines[RoutineName] | Error>();

  constructor(source: LapackSource) {
    this.#source = source;
    this.integerBits = "library" in source ? probeIntegers(source) : null;
    const bits = this.integerBits ?? 32;
    this.scratch = { float32: new Scratch(Float32Array, bits), float64: new Scratch(Float64Array, bits) };
  }

  /** A routine of one precision; undefined when the library lacks it or computes wrongly with it. */
  routine<N extends RoutineName>(name: N, precision: Precision): Routines[N] | undefined {
    const found = this.#find(name, precision);
    return found instanceof Error ? undefined : found;
  }

  /** Elements that a count of the library's can hold, and its products with small numbers too. */
  get largestSize(): number {
    return this.integerBits === 64 ? Number.MAX_SAFE_INTEGER : 2 ** 31;
  }

  /** Shares the next calls, of about this many multiply-adds, among threads or not. */
  prepareThreads(work: number): void {
    const source = this.#source;
    if ("library" in source) source.useThreads(work < LEAST_SHARED_WORK ? 1 : source.threads);
  }

  /** b [cols, rows] = a [rows, cols] transposed, both row-major and dense. */
  transpose(a: Reals, rows: number, cols: number, b: Reals): void {
    const omatcopy = this.routine("omatcopy", a instanceof Float32Array ? "float32" : "float64");
    if (omatcopy !== undefined) omatcopy("R", "T", rows, cols, 1, a, cols, b, rows);
    else pack({ data: a, offset: 0, rowStride: 1, colStride: cols }, 0, cols, rows, b);
  }

  /** Copies a strided matrix into `target`, row-major and dense. */
  readonly copy = (a: RealOperand, rows: number, cols: number, target: Reals): void => {
    if (a.colStride !== 1 || a.rowStride !== cols) pack(a, a.offset, rows, cols, target);
    else target.set(a.data.subarray(a.offset, a.offset + rows * cols));
  };

  /** Looks at every routine of the standard. */
  status(): LapackStatus {
    const routines: string[] = [];
    const refused: { routine: string; reason: string }[] = [];
    for (const precision of ["float32", "float64"] as const) {
      for (const name of standard) {
        const found = this.#find(name, precision);
        const routine = letterOf(precision) + name;
        if (found instanceof Error) refused.push({ routine, reason: found.message });
        else routines.push(routine);
      }
    }
    const { file } = this.#source;
    const { integerBits } = this;
    return { available: integerBits !== null, file, reason: this.#reason, integerBits, routines, refused };
  }

  get #reason(): string | null {
    if ("reason" in this.#source) return this.#source.reason;
    return this.integerBits === null ? `${this.#source.file} has no LAPACK` : null;
  }

  #find<N extends RoutineName>(name: N, precision: Precision): Routines[N] | Error {
    const key = letterOf(precision) + name;
    let found = this.#routines.get(key) as Routines[N] | Error | undefined;
    if (found === undefined) this.#routines.set(key, (found = this.#bind(name, precision)));
    return found;
  }

  #bind<N extends RoutineName>(name: N, precision: Precision): Routines[N] | Error {
    const source = this.#source;
    const { integerBits } = this;
    if (integerBits === null || !("library" in source)) return new Error(this.#reason ?? "");
    const { library, decoration } = source;
    const Values = dataTypes[precision];
    const symbols = fortranSymbols(decoration, letterOf(precision) + name);
    const workspaces = this.scratch[precision];
    const signature = signatures[name];
    // The table of signatures is where names and arguments are tied together.
    const routine = bindFortran({ library, symbols, signature, Values, integerBits, workspaces }) as
      Routines[N] | undefined;
    if (routine === undefined) return new Error(`it has no ${symbols.at(-1)}`);
    try {
      checks[name](routine, Values, integerBits);
      return routine;
    } catch (error) {
      return new Error(messageOf(error));
    }
  }
}

const letterOf = (precision: Precision): "s" | "d" => (precision === "float32" ? "s" : "d");

/**
 * Whether integers have 32 or 64 bits; null without LAPACK. dlaset fills a matrix of 1 − 2³² rows: one row where only
 * the low half of the count is read, none where the whole number is.
 */
function probeIntegers({ library, decoration }: Extract<LapackSource, { library: unknown }>): 32 | 64 | null {
  const parameters = [...Array<string>(7).fill("void *"), "size_t"];
  for (const symbol of fortranSymbols(decoration, "dlaset")) {
    const laset = find(library, symbol, "void", parameters);
    if (laset === undefined) continue;
    const [rows, one] = [BigInt64Array.of(1n - 2n ** 32n), BigInt64Array.of(1n)];
    const [value, a] = [Float64Array.of(7), new Float64Array(1)];
    laset(new TextEncoder().encode("A"), rows, one, value, value, a, one, 1);
    return a[0] === 7 ? 32 : 64;
  }
  return null;
}
