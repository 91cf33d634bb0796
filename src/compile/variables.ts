import { LintelError } from "../base/errors.js";
import type { Size } from "../shape/dim.js";

/** The names that change from run to run, as functions of the position in the sequence. */
export class Variables {
  readonly #functions: readonly (readonly [name: string, value: (position: number) => number])[];
  readonly #values: Record<string, number> = {};

  constructor(functions: ReadonlyMap<string, (position: number) => number>) {
    this.#functions = [...functions];
    this.moveTo(0);
  }

  moveTo(position: number): void {
    for (const [name, value] of this.#functions) this.#values[name] = value(position);
  }

  /** The value of a size at the present position. */
  value(size: Size): number {
    return typeof size === "number" ? size : size.at(this.#values);
  }

  /**
   * A size as a number, or as a function of the present position: base + factor · name. Throws `LintelError` when
   * it is neither linear nor in one of the names.
   */
  evaluator(size: Size): number | (() => number) {
    if (typeof size === "number") return size;
    const [name] = size.names;
    const base = size.at({ [name]: 0 });
    const factor = size.at({ [name]: 1 }) - base;
    if (size.at({ [name]: 3 }) !== base + 3 * factor) {
      const names = this.#functions.map(([known]) => known).join(", ");
      throw new LintelError(`${size} is not linear in one of ${names}`, { size });
    }
    const values = this.#values;
    return () => base + factor * values[name];
  }
}
