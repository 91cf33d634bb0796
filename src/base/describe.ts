/**
 * What an untyped caller passed, for messages.
 *
 * @example
 * describe([1, 2]); // "an array"
 * describe(undefined); // "nothing"
 */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value === "number" || typeof value === "boolean") return `${value}`;
  return `a value of type ${typeof value}`;
}
