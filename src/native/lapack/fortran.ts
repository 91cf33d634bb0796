import { find, type ForeignArgument, type ForeignFunction, type ForeignLibrary } from "../foreign.js";
import type { Reals } from "../operand.js";

/** Integers as the library has them: pivots, and what it counts. */
export type Integers = Int32Array | BigInt64Array;

/** One argument as TypeScript gives it: a flag, a number that C passes by address, or an array. */
export type FortranArgument = string | number | Reals | Integers;

/** A LAPACK routine without its workspaces and its INFO, which it returns. */
export type FortranRoutine = (...args: readonly FortranArgument[]) => number;

/** Memory that calls share; what it holds is lost at the next call. */
export interface Workspaces {
  reals(slot: string, length: number): Reals;
  integers(slot: string, length: number): Integers;
}

interface Binding {
  readonly library: ForeignLibrary;
  /** The names under which builds export the routine, best first. */
  readonly symbols: readonly string[];
  /**
   * A letter per argument: `c` flag, `n` integer, `r` real number, `x` array of reals, `k` array of integers, `w` real
   * workspace and its length, `v` integer workspace and its length. `o` at the end is INFO; BLAS has none.
   */
  readonly signature: string;
  readonly Values: Float32ArrayConstructor | Float64ArrayConstructor;
  readonly integerBits: 32 | 64;
  readonly workspaces: Workspaces;
}

/** Queries that are remembered: one per size and flags. */
const MOST_PLANS = 64;

/** Bytes for a number that is passed by address: V8 moves smaller arrays. */
const CELL_BYTES = 64;

/** An argument's letter and its place among what C is given. */
interface Place {
  readonly letter: string;
  readonly at: number;
}

/**
 * A routine as a function. Fortran takes everything by address, and gfortran expects the length of each flag after the
 * last argument; compilers that do not expect them ignore them. Undefined when the library lacks the routine.
 */
export function bindFortran(binding: Binding): FortranRoutine | undefined {
  const { library, symbols, signature, Values, integerBits, workspaces } = binding;
  const inputs: Place[] = [];
  const works: Place[] = [];
  // What C is given: cells for single numbers, which stay, and arrays, which every call puts in anew.
  const values: ForeignArgument[] = [];
  const cells = {
    c: () => new Uint8Array(CELL_BYTES),
    n: () => newIntegers(integerBits, CELL_BYTES / (integerBits / 8)),
    r: () => new Values(CELL_BYTES / Values.BYTES_PER_ELEMENT),
  };
  for (const letter of signature) {
    const place = { letter, at: values.length };
    if (letter === "w" || letter === "v") works.push(place);
    else if (letter !== "o") inputs.push(place);
    values.push(letter === "c" ? cells.c() : letter === "r" || letter === "w" ? cells.r() : cells.n());
    if (letter === "w" || letter === "v") values.push(cells.n());
  }
  const parameters = values.map(() => "void *");
  const info = signature.endsWith("o") ? (values.at(-1) as Integers) : undefined;
  for (const { letter } of inputs) {
    if (letter !== "c") continue;
    parameters.push("size_t");
    values.push(1);
  }
  const foreign = findFirst(library, symbols, parameters);
  if (foreign === undefined) return undefined;

  /** Asks the routine, by a length of -1, how long it wants its workspaces. */
  const query = (): readonly number[] => {
    const answers = works.map(({ letter, at }) => {
      setInteger(values[at + 1] as Integers, -1);
      return (values[at] = letter === "w" ? cells.r() : cells.n());
    });
    foreign(...values);
    // An answer in float32 may have been rounded down.
    const slack = Values === Float32Array ? 1 + 2 ** -23 : 1;
    return answers.map((answer) => Math.max(1, Math.ceil(Number(answer[0]) * slack)));
  };

  const plans = new Map<string, readonly number[]>();
  const provideWorkspaces = (args: readonly FortranArgument[]): void => {
    const key = args.filter((value) => typeof value !== "object").join();
    let plan = plans.get(key);
    if (plan === undefined) {
      if (plans.size >= MOST_PLANS) plans.clear();
      plans.set(key, (plan = query()));
    }
    works.forEach(({ letter, at }, i) => {
      values[at] = letter === "w" ? workspaces.reals("work", plan[i]) : workspaces.integers("iwork", plan[i]);
      setInteger(values[at + 1] as Integers, plan[i]);
    });
  };

  return (...args) => {
    inputs.forEach(({ letter, at }, i) => {
      const value = args[i];
      if (letter === "c") (values[at] as Uint8Array)[0] = (value as string).charCodeAt(0);
      else if (letter === "n") setInteger(values[at] as Integers, value as number);
      else if (letter === "r") (values[at] as Reals)[0] = value as number;
      else values[at] = value as Reals | Integers;
    });
    if (works.length > 0) provideWorkspaces(args);
    foreign(...values);
    return info === undefined ? 0 : Number(info[0]);
  };
}

/** Zeros, as wide as the library's integers. */
export const newIntegers = (bits: 32 | 64, length: number): Integers =>
  bits === 32 ? new Int32Array(length) : new BigInt64Array(length);

function setInteger(cell: Integers, value: number): void {
  if (cell instanceof Int32Array) cell[0] = value;
  else cell[0] = BigInt(value);
}

function findFirst(
  library: ForeignLibrary,
  symbols: readonly string[],
  parameters: readonly string[],
): ForeignFunction | undefined {
  for (const symbol of symbols) {
    const found = find(library, symbol, "void", parameters);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What builds call a routine: Apple's LAPACK of this decade, gfortran's trailing underscore, and the suffixes of
 * builds with 64-bit integers.
 */
export function fortranSymbols([prefix, suffix]: readonly [string, string], name: string): string[] {
  if (suffix === "") return [`${prefix}${name}$NEWLAPACK`, `${prefix}${name}_`];
  return [`${prefix}${name}_64_`, `${prefix}${name}${suffix}`];
}
