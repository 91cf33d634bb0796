import { LintelError } from "../base/errors.js";
import type { Size } from "../shape/dim.js";

/** The names that change from run to run, as functions of the position in the sequence. */
export class Variables {
  readonly #names: readonly string[];
  readonly #functions: readonly ((position: number) => number)[];
  readonly #values: number[];

  constructor(functions: ReadonlyMap<string, (position: number) => number>) {
    this.#names = [...functions.keys()];
    this.#functions = [...functions.values()];
    this.#values = this.#names.map(() => 0);
  }

  moveTo(position: number): void {
    for (let i = 0; i < this.#values.length; i++) this.#values[i] = this.#functions[i](position);
  }

  /** The value of a size at the present position. */
  value(size: Size): number {
    return typeof size === "number" ? size : this.#valueAt(size, this.#values);
  }

  /** A size as a number, or as a function of the present position. Throws `LintelError` unless it is linear. */
  evaluator(size: Size): number | (() => number) {
    if (typeof size === "number") return size;
    const values = this.#values;
    const zeros = values.map(() => 0);
    const constant = this.#valueAt(size, zeros);
    const terms = values.flatMap((_, i) => {
      const factor = this.#valueAt(size, zeros.with(i, 1)) - constant;
      return factor === 0 ? [] : [{ i, factor }];
    });
    const probe = values.map((_, i) => 3 + 2 * i);
    const total = (at: readonly number[]): number =>
      terms.reduce((sum, { i, factor }) => sum + factor * at[i], constant);
    if (total(probe) !== this.#valueAt(size, probe)) {
      throw new LintelError(`${size} is not linear in ${this.#names.join(", ")}`, { size });
    }
    if (terms.length !== 1) return () => total(values);
    const [{ i, factor }] = terms;
    return () => constant + factor * values[i];
  }

  #valueAt(size: Exclude<Size, number>, values: readonly number[]): number {
    return Number(size.substitute(Object.fromEntries(this.#names.map((name, i) => [name, values[i]]))).value());
  }
}
