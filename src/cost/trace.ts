import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { requireList } from "../base/options.js";
import type { Cost } from "../op/define.js";
import { checkByName } from "../shape/checks.js";
import { Polynomial } from "../shape/polynomial.js";
import { requireCost, requireRecords } from "./checks.js";
import { binder, elementCount, type Bindings, type OpRecord, type Operand } from "./record.js";

export interface NamedOperand extends Operand {
  readonly name: string;
}

/** What some ops cost together. */
export interface Totals extends Cost {
  readonly params: Polynomial;
}

/**
 * The sums of what some ops cost.
 *
 * @example
 * const { records } = trace(new Linear(64, 256), [input(["B", 64])]);
 * String(totalOf(records).flops); // "2·B·64·256 + B·256"
 */
export function totalOf(records: readonly Totals[]): Totals {
  for (const record of requireList("totalOf", "records", records)) requireCost("totalOf", record);
  const sum = (key: keyof Totals): Polynomial => Polynomial.sum(records.map((record) => record[key]));
  return {
    params: sum("params"),
    flops: sum("flops"),
    matmulFlops: sum("matmulFlops"),
    bytesRead: sum("bytesRead"),
    bytesWritten: sum("bytesWritten"),
  };
}

/**
 * Every op of one run, in order. Formulas stay formulas until `bind` gives the names sizes.
 *
 * @example
 * const run: Trace = trace(new Linear(64, 256), [input(["B", 64])]);
 * run.parameterCount.value(); // 16640n
 */
export class Trace {
  readonly records: readonly OpRecord[];
  /** All parameters of the traced model, used or not, tied ones once. */
  readonly parameters: readonly NamedOperand[];
  /** What the traced code returned. */
  readonly outputs: readonly Operand[];
  #totals: Totals | undefined;

  constructor(
    records: readonly OpRecord[],
    parameters: readonly NamedOperand[],
    outputs: readonly Operand[],
  ) {
    requireRecords("Trace", records);
    requireList("Trace", "parameters", parameters);
    requireList("Trace", "outputs", outputs);
    this.records = records;
    this.parameters = parameters;
    this.outputs = outputs;
  }

  /**
   * Sums over all ops. Each parameter counts once.
   *
   * @example
   * trace(() => exp(input(["B", 3]))).totals.flops.toCanonicalString(); // "3·B"
   */
  get totals(): Totals {
    this.#totals ??= totalOf(this.records);
    return this.#totals;
  }

  /**
   * The records that do something: without views.
   *
   * @example
   * trace(() => zeros([2, 3]).transpose().exp()).ops.map(({ op }) => op); // ["exp"]
   */
  get ops(): readonly OpRecord[] {
    return this.records.filter((record) => !record.isView);
  }

  /** The parameters that no op read. */
  get unusedParameters(): readonly NamedOperand[] {
    const read = new Set(
      this.records.flatMap(({ inputs }) => inputs.map(({ storage }) => storage.parameter)),
    );
    return this.parameters.filter(({ name }) => !read.has(name));
  }

  /**
   * Parameters of the traced model, used or not.
   *
   * @example
   * trace(new Linear(64, 256), [input([1, 64])]).parameterCount.value(); // 16640n
   */
  get parameterCount(): Polynomial {
    return Polynomial.sum(this.parameters.map(({ dims }) => elementCount(dims)));
  }

  /**
   * The same trace with sizes for names.
   *
   * @example
   * trace(() => exp(input(["B", 3]))).bind({ B: 32 }).totals.flops.value(); // 96n
   */
  bind(bindings: Bindings): Trace {
    checkByName(bindings);
    const bind = binder(bindings);
    return new Trace(
      this.records.map(bind.record),
      this.parameters.map((parameter) => ({ ...parameter, ...bind.operand(parameter) })),
      this.outputs.map(bind.operand),
    );
  }
}

/** Fails unless `run` is what `trace` answers. */
export function requireTrace(op: string, run: Trace): void {
  if (run instanceof Trace) return;
  throw new ConfigError(`${op}: takes what trace(model, inputs) answers, got ${describe(run)}`, {
    op,
    value: run,
  });
}
