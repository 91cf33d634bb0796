import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { requireList } from "../base/options.js";
import { Polynomial } from "../shape/polynomial.js";

/** Fails unless `value` is an object whose `formulas` are what costs are: polynomials. */
function requireFormulas(op: string, what: string, value: unknown, formulas: readonly string[]): void {
  const fields = value as Record<string, unknown>;
  const fits = typeof value === "object" && value !== null;
  if (fits && formulas.every((key) => fields[key] instanceof Polynomial)) return;
  throw new ConfigError(`${op}: takes ${what}, got ${describe(value)}`, { op, value });
}

/** Fails unless `cost` is what an op costs. */
export function requireCost(op: string, cost: unknown): void {
  const formulas = ["flops", "matmulFlops", "bytesRead", "bytesWritten"];
  requireFormulas(op, "a cost, such as trace(…).totals", cost, formulas);
}

/** Fails unless `record` is one op of a trace. */
export function requireRecord(op: string, record: unknown): void {
  requireFormulas(op, "a record, such as trace(…).records[0]", record, ["flops", "matmulFlops", "params"]);
  const { inputs, outputs } = record as { inputs: unknown[]; outputs: unknown[] };
  requireList(op, "inputs of a record", inputs);
  requireList(op, "outputs of a record", outputs);
}

/** Fails unless `records` is a list of the ops of a trace. */
export function requireRecords(op: string, records: readonly unknown[]): void {
  for (const record of requireList(op, "records", records)) requireRecord(op, record);
}

/** Fails unless `storages` can be walked through and each has its bytes. */
export function requireStorages(op: string, storages: Iterable<unknown>): void {
  if (typeof (storages as Partial<typeof storages> | null | undefined)?.[Symbol.iterator] !== "function") {
    throw new ConfigError(
      `${op}: takes storages, such as keptForBackward(trace), got ${describe(storages)}`,
      {
        op,
        value: storages,
      },
    );
  }
  for (const storage of storages) requireFormulas(op, "storages of a trace", storage, ["bytes"]);
}
