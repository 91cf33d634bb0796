import { closestNames } from "./closest.js";
import { describe } from "./describe.js";
import { ConfigError } from "./errors.js";

/**
 * The options of a call, checked: an object whose keys are all in `known`. Untyped callers pass a bare value or spell
 * a key as another library does, and would be given the default instead. Throws `ConfigError`.
 *
 * @example
 * readOptions("qr", { mode: "r" }, ["mode", "pivoting"]).mode; // "r"
 * readOptions("svd", { full_matrices: true }, ["fullMatrices"]); // throws ConfigError
 */
export function readOptions<O extends object>(
  op: string,
  options: O,
  known: readonly (keyof O & string)[],
): O {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const form = `{ ${known.join(", ")} }`;
    throw new ConfigError(`${op}: options are given by name, ${form}, got ${describe(options)}`, {
      op,
      value: options,
    });
  }
  for (const key of Object.keys(options)) {
    if (known.some((name) => name === key)) continue;
    const [close] = closestNames(key.replaceAll("_", ""), known, 1);
    const hint = close === undefined ? `there is ${known.join(", ")}` : `did you mean '${close}'?`;
    throw new ConfigError(`${op}: no option '${key}'; ${hint}`, { op, key, known });
  }
  return options;
}

/** Fails unless `value` is a number; NaN is one. For arithmetic, where a string or null would pass silently. */
export function requireNumber(op: string, key: string, value: number): number {
  if (typeof value === "number") return value;
  throw new ConfigError(`${op}: ${key} must be a number, got ${describe(value)}`, { op, key, value });
}

/** Fails unless `value` is `true` or `false`: any other would count as true, or as false, unseen. */
export function requireBoolean(op: string, key: string, value: boolean): boolean {
  if (typeof value === "boolean") return value;
  throw new ConfigError(`${op}: ${key} must be true or false, got ${describe(value)}`, { op, key, value });
}

/** Fails unless `value` is a whole number above 0. */
export function requireCount(op: string, key: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new ConfigError(`${op}: ${key} must be a whole number above 0, got ${describe(value)}`, {
    op,
    key,
    value,
  });
}

/** Fails unless `value` is a function. */
export function requireFunction<F>(op: string, key: string, value: F): F {
  if (typeof value === "function") return value;
  throw new ConfigError(`${op}: ${key} must be a function, got ${describe(value)}`, { op, key, value });
}

/** Fails unless `value` is an array. */
export function requireList<T>(op: string, key: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw new ConfigError(`${op}: ${key} must be a list, got ${describe(value)}`, { op, key, value });
}

/** Fails unless `value` is a string. */
export function requireString(op: string, key: string, value: string): string {
  if (typeof value === "string") return value;
  throw new ConfigError(`${op}: ${key} must be a string, got ${describe(value)}`, { op, key, value });
}
