import { describe } from "../base/describe.js";
import { FormatError } from "../base/errors.js";

/** Where in a file something is wrong. `offset` counts bytes from the start of the file. */
export interface Place {
  readonly file: string;
  readonly tensor?: string | undefined;
  readonly offset?: number | undefined;
}

/** A name from a file, safe to print: quoted, control characters escaped, cut when very long. */
export function quote(name: string): string {
  const shown = name.length > 120 ? `${name.slice(0, 117)}...` : name;
  return JSON.stringify(shown);
}

/** The error for a file that breaks its format: says where, and carries the place for programs. */
export function malformed(place: Place, problem: string, cause?: unknown): FormatError {
  const { file, tensor, offset } = place;
  const where = [file, ...(tensor === undefined ? [] : [`tensor ${quote(tensor)}`])].join(": ");
  const at = offset === undefined ? "" : ` (at byte ${offset})`;
  return new FormatError(
    `${where}: ${problem}${at}`,
    { file, ...(tensor === undefined ? {} : { tensor }), ...(offset === undefined ? {} : { offset }) },
    cause === undefined ? undefined : { cause },
  );
}

/** Fails unless `path` is one: untyped callers swap arguments. */
export function requirePath(op: string, path: string): void {
  if (typeof path === "string") return;
  throw new FormatError(`${op}: the path must be a string, got ${describe(path)}`, {});
}

/** 1234567 → "1,234,567" */
export const group = (count: number | bigint): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** Warnings about one file; a hostile file may deserve a million of them, so all but the first are counted. */
export class Warnings {
  readonly #kept: string[] = [];
  #dropped = 0;

  add(warning: string): void {
    if (this.#kept.length < 50) this.#kept.push(warning);
    else this.#dropped++;
  }

  list(): readonly string[] {
    return this.#dropped === 0 ? this.#kept : [...this.#kept, `… and ${group(this.#dropped)} more warnings`];
  }
}
