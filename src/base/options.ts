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
