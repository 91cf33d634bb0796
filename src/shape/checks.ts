import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";

export const isInteger = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || Number.isInteger(value);

export function checkInteger(value: number | bigint): number | bigint {
  if (isInteger(value)) return value;
  throw new ShapeError(`a size must be an integer, got ${describe(value)}`, { value });
}

export function checkByName(sizes: Readonly<Record<string, unknown>>): void {
  if (typeof sizes === "object" && sizes !== null) return;
  throw new ShapeError(`sizes are given by name, such as { n: 32 }, got ${describe(sizes)}`, { sizes });
}
