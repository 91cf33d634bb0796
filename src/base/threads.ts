import { ConfigError } from "./errors.js";

/** More than any machine gains from, and few enough to start. */
const MOST = 256;

/**
 * How many threads a value of `LINTEL_THREADS` asks for; `undefined` when it leaves the choice to the machine. Throws
 * `ConfigError` for anything but a whole number from 1 to 256.
 *
 * @example
 * threadsAskedFor("2"); // 2
 */
export function threadsAskedFor(value: string | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  const threads = Number(value);
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST) return threads;
  throw new ConfigError(`LINTEL_THREADS is "${value}"; it must be a whole number from 1 to ${MOST}.`, {
    key: "LINTEL_THREADS",
    value,
  });
}
