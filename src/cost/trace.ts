import type { Cost } from "../op/define.js";
import { Polynomial } from "../shape/polynomial.js";
import { binder, elementCount, type Bindings, type OpRecord, type Operand } from "./record.js";

export interface NamedOperand extends Operand {
  readonly name: string;
}

/** What some ops cost together. */
export interface Totals extends Cost {
  readonly params: Polynomial;
}

export function totalOf(records: readonly Totals[]): Totals {
  const sum = (key: keyof Totals): Polynomial => Polynomial.sum(records.map((record) => record[key]));
  return {
    params: sum("params"),
    flops: sum("flops"),
    matmulFlops: sum("matmulFlops"),
    bytesRead: sum("bytesRead"),
    bytesWritten: sum("bytesWritten"),
  };
}

/** Every op of one run, in order. Formulas stay formulas until `bind` gives the names sizes. */
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
    this.records = records;
    this.parameters = parameters;
    this.outputs = outputs;
  }

  /** Sums over all ops. Each parameter counts once. */
  get totals(): Totals {
    this.#totals ??= totalOf(this.records);
    return this.#totals;
  }

  /** The records that do something: without views. */
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

  /** Parameters of the traced model, used or not. */
  get parameterCount(): Polynomial {
    return Polynomial.sum(this.parameters.map(({ dims }) => elementCount(dims)));
  }

  /**
   * The same trace with sizes for names.
   *
   * @example
   * trace(model, [input(["B", "seq"], { dtype: "int32" })]).bind({ B: 32, seq: 512 });
   */
  bind(bindings: Bindings): Trace {
    const bind = binder(bindings);
    return new Trace(
      this.records.map(bind.record),
      this.parameters.map((parameter) => ({ ...parameter, ...bind.operand(parameter) })),
      this.outputs.map(bind.operand),
    );
  }
}
