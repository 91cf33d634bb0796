/**
 * What an untyped caller passed, for messages.
 *
 * @example
 * describe([1, 2]); // "an array"
 * describe(undefined); // "nothing"
 * describe(new Map()); // "a Map"
 */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const kind = classOf(value);
  return `${/^[AEIO]/i.test(kind) ? "an" : "a"} ${kind}`;
}

/** The name of a value's class; "object" where there is none to speak of. */
function classOf(value: object): string {
  const { constructor } = value;
  const named = typeof constructor === "function" && constructor !== Object && constructor.name !== "";
  return named ? constructor.name : "object";
}
