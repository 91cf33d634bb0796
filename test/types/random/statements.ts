import { ShapeError } from "../../../src/base/errors.js";
import { toSize, type Size } from "../../../src/shape/dim.js";

export type Dims = (number | string)[];
export const sizes = (dims: Dims): Size[] => dims.map(toSize);

/** The compiler's spelling of a size: 2·B·n + 1 is 2*B*n+1. */
const spell = (size: Size): string =>
  typeof size === "number"
    ? String(size)
    : JSON.stringify(String(size).replaceAll("·", "*").replaceAll(" ", ""));
const tuple = (shape: readonly Size[]): string => `[${shape.map(spell).join(", ")}]`;

/** A value as the literal type that it is. */
export const literal = (value: unknown): string => JSON.stringify(value);

/** A program made of statements about the compile-time rules, one per line. */
export class Statements {
  readonly #lines: string[] = [];
  /** How many of the cases the run-time rules refuse. */
  errors = 0;
  /** How many of those compare the wording too. */
  messages = 0;

  get count(): number {
    return this.#lines.length;
  }

  /** `type` must be what the run-time `rule` gives; with `wording`, refusals must use the same words. */
  agree(type: string, rule: () => readonly Size[], { wording = false } = {}): void {
    try {
      this.#lines.push(`same<Equal<${type}, ${tuple(rule())}>>();`);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      this.errors++;
      if (wording) this.messages++;
      const refusal = `same<Equal<${type}, S.ShapeError<${literal(error.message)}>>>();`;
      this.#lines.push(wording ? refusal : `same<Refused<${type}>>();`);
    }
  }

  /** The compiler must let `type` pass: only run time can decide. */
  open(type: string): void {
    this.#lines.push(`same<Equal<Refused<${type}>, false>>();`);
  }

  toString(): string {
    const header = [
      `import type * as S from "../../../../src/shape/types/index.js";`,
      `type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;`,
      `type Refused<R> = R extends S.ShapeError<string> ? true : false;`,
      `declare function same<T extends true>(): T;`,
    ];
    return [...header, ...this.#lines, ""].join("\n");
  }
}
