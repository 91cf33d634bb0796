import { requireTensors } from "../op/apply.js";
import { ConfigError } from "../base/errors.js";
import { describe } from "../base/describe.js";
import { observe, type OpEvent } from "../op/observer.js";
import { Polynomial } from "../shape/polynomial.js";
import { isFloat } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";
import { bytesOfShape, elementCount, type OpRecord, type Operand, type Storage } from "./record.js";
import { Trace } from "./trace.js";

const nothing = Polynomial.constant(0);

/** Anything that can be traced: layers and models have both methods. */
export interface Traceable {
  /** Takes the tensors that `trace` is given; their types are the traced object's own business. */
  forward(...inputs: readonly never[]): unknown;
  namedParameters?(): Iterable<readonly [string, Tensor]>;
}

/**
 * An observer that turns what it sees into records. It follows storages through views, so that a transposed
 * weight is still that weight. `trace` is its usual form.
 *
 * @example
 * const recorder = new Recorder();
 * observe(recorder.observer, () => exp(zeros([2, 3])));
 * recorder.trace().records.map(({ op }) => op); // ["exp"]
 */
export class Recorder {
  readonly #records: OpRecord[] = [];
  /** Weak, so that recording a run on data keeps none of its tensors alive. */
  readonly #storages = new WeakMap<Tensor, Storage>();
  readonly #parameters: ReadonlyMap<Tensor, string> | undefined;
  readonly #sizes = new Map<string, Polynomial>();
  readonly #counted = new Set<string>();
  #nextId = 0;

  /** Without a list of parameters, every float operand with axes that no op made is taken to need a gradient. */
  constructor(parameters?: Iterable<readonly [string, Tensor]>) {
    if (parameters === undefined) return;
    const names = new Map<Tensor, string>();
    for (const [name, tensor] of listOf(parameters)) {
      if (names.has(tensor)) continue; // tied: known under its first name
      names.set(tensor, name);
      this.#sizes.set(name, elementCount(tensor.dims));
    }
    this.#parameters = names;
  }

  /** Hand this to `observe`. */
  readonly observer = (event: OpEvent): void => {
    if (typeof (event as OpEvent | null | undefined)?.op !== "object") {
      throw new ConfigError(`Recorder: the observer takes what observe tells it, got ${describe(event)}`, {
        value: event,
      });
    }
    const { op, path, attributes, seconds } = event;
    const index = this.#records.length;
    const isView = op.view !== undefined;
    const inputs = event.inputs.map((tensor) => this.#operand(tensor));
    const needsGradient = inputs.some(({ storage }) => storage.needsGradient);
    const outputs = event.outputs.map((tensor) => {
      const storage = isView ? inputs[0].storage : this.#made(tensor, index, needsGradient);
      this.#storages.set(tensor, storage);
      return { dims: tensor.dims, dtype: tensor.dtype, storage };
    });
    const cost = op.cost({
      inputs: event.inputs,
      outputs: event.outputs,
      attributes: attributes as never, // the op's own attributes, handed back to it
    });
    const params = isView ? nothing : this.#countParameters(inputs);
    this.#records.push({ index, path, op: op.name, isView, inputs, outputs, params, seconds, ...cost });
  };

  /** What was seen so far. `outputs` are the tensors that the traced code returned. */
  trace(outputs: readonly Tensor[] = []): Trace {
    requireTensors("Recorder.trace", outputs);
    const parameters = [...(this.#parameters ?? [])].map(([tensor, name]) => ({
      ...this.#operand(tensor),
      name,
    }));
    return new Trace(
      [...this.#records],
      parameters,
      outputs.map((tensor) => this.#operand(tensor)),
    );
  }

  #operand(tensor: Tensor): Operand {
    const { dims, dtype } = tensor;
    let storage = this.#storages.get(tensor);
    if (storage === undefined) {
      const parameter = this.#parameters?.get(tensor);
      const trainable = this.#parameters === undefined ? tensor.ndim > 0 : parameter !== undefined;
      const needsGradient = trainable && isFloat(dtype);
      storage = { id: this.#nextId++, bytes: bytesOfShape(dims, dtype), parameter, needsGradient };
      this.#storages.set(tensor, storage);
    }
    return { dims, dtype, storage };
  }

  #made({ dims, dtype }: Tensor, producer: number, fromGradient: boolean): Storage {
    const needsGradient = fromGradient && isFloat(dtype);
    return { id: this.#nextId++, bytes: bytesOfShape(dims, dtype), producer, needsGradient };
  }

  #countParameters(operands: readonly Operand[]): Polynomial {
    let total = nothing;
    for (const { parameter } of operands.map(({ storage }) => storage)) {
      if (parameter === undefined || this.#counted.has(parameter)) continue;
      this.#counted.add(parameter);
      total = total.plus(this.#sizes.get(parameter)!);
    }
    return total;
  }
}

function listOf(parameters: Iterable<readonly [string, Tensor]>): (readonly [string, Tensor])[] {
  const given: unknown = parameters;
  if (typeof given === "object" && given !== null && Symbol.iterator in given) {
    const list = [...parameters];
    if (list.every((entry) => Array.isArray(entry) && entry[1] instanceof Tensor)) return list;
  }
  throw new ConfigError(
    `Recorder: takes parameters as module.namedParameters() gives them, got ${describe(given)}`,
    { value: given },
  );
}

/**
 * Runs a model, or any code, and returns one record per op. On abstract inputs nothing is computed: the trace
 * holds shapes and costs, as formulas where sizes are names. On data it holds measured seconds too.
 *
 * @example
 * const { totals } = trace(new Linear(768, 3072), [input(["B", "seq", 768])]);
 * String(totals.matmulFlops); // "2·B·seq·768·3072"
 */
export function trace(
  subject: Traceable | ((...inputs: readonly never[]) => unknown),
  inputs: readonly Tensor[] = [],
): Trace {
  const given = inputs as readonly never[];
  const isCode = typeof subject === "function";
  if (!isCode && typeof subject?.forward !== "function") {
    throw new ConfigError(`trace: takes a model or a function, got ${describe(subject)}`, { op: "trace" });
  }
  requireTensors("trace", inputs);
  const recorder = new Recorder(isCode ? undefined : subject.namedParameters?.());
  const result = observe(recorder.observer, () => (isCode ? subject(...given) : subject.forward(...given)));
  return recorder.trace(tensorsIn(result));
}

/** The tensors of a result: itself, or the entries of a list or an object. */
function tensorsIn(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result];
  if (typeof result !== "object" || result === null) return [];
  return Object.values(result).filter((value) => value instanceof Tensor);
}
