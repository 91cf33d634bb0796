import { LintelError } from "../base/errors.js";
import { Program, Recording, Residence } from "../compile/index.js";
import { abstractTensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Model } from "./model.js";
import { RecordedCache, type State } from "./recorded-cache.js";

/** Bytes that the parameters, keys and values of all resident models may take: a quarter of what 32 bits address. */
export const MOST_BYTES = 2 ** 30;

/** A decoding step of a model as a program. */
export interface CompiledStep {
  readonly program: Program;
  /** Where each layer has its keys and values. */
  readonly states: ReadonlyMap<object, State>;
  readonly positions: number;
}

/** A model's parameters in WebAssembly memory, and its decoding step as a program on them. */
export class Resident {
  /** Whether a generation uses the program, which has room for the keys and values of one. */
  busy = false;
  #residence: Residence | undefined;
  #parameters: readonly Tensor[] = [];
  #step: CompiledStep | undefined;

  get byteLength(): number {
    return this.#residence?.byteLength ?? 0;
  }

  /** Leaves the memory to the garbage collector. */
  release(): void {
    this.#residence?.close();
    this.#residence = undefined;
    this.#step = undefined;
  }

  /** The present parameters, and a step for `positions` or more. Throws `LintelError` when there can be none. */
  prepare(model: Model, positions: number): CompiledStep {
    const parameters = [...model.namedParameters()].map(([, parameter]) => parameter);
    const same = parameters.length === this.#parameters.length && parameters.every((x, i) => x === this.#parameters[i]);
    if (same && this.#residence?.isCurrent === true) {
      makeRoom(this, this.byteLength);
      this.#residence.refresh();
    } else {
      this.release();
      makeRoom(this, 4 * parameters.reduce((sum, x) => sum + x.size, 0));
      this.#residence = new Residence(parameters, MOST_BYTES);
      this.#parameters = parameters;
    }
    if (this.#step === undefined || this.#step.positions < positions) {
      this.#step = undefined; // also when the next line throws: its memory is written to
      this.#step = compileStep(model, this.#residence, positions);
    }
    return this.#step;
  }
}

function compileStep(model: Model, residence: Residence, positions: number): CompiledStep {
  const recording = new Recording();
  const cache = new RecordedCache(recording, positions);
  const input = abstractTensor([1, 1], "int32");
  const output = recording.during(() => model.forward(input, { cache }));
  const states = [...cache.states.values()].flatMap(({ keys, values }) => [keys, values]);
  const { variables } = cache;
  const program = new Program({ residence, recording, input, states, output, variables, positions });
  return { program, states: cache.states, positions };
}

const residents = new WeakMap<Model, Resident>();
/** Least recently used first. */
let recent: readonly WeakRef<Resident>[] = [];

/** The resident of a model: one that its model outlives is garbage with it. */
export function residentOf(model: Model): Resident {
  const found = residents.get(model) ?? new Resident();
  residents.set(model, found);
  const others = recent.filter((reference) => ![undefined, found].includes(reference.deref()));
  recent = [...others, new WeakRef(found)];
  return found;
}

/** Releases the least recently used others until all together fit. Throws `LintelError` when they cannot. */
function makeRoom(resident: Resident, bytes: number): void {
  const others = recent.map((reference) => reference.deref()).filter((other) => other !== undefined && other !== resident);
  let total = others.reduce((sum, other) => sum + other!.byteLength, bytes);
  for (const other of others) {
    if (total <= MOST_BYTES) return;
    if (other!.busy) continue;
    total -= other!.byteLength;
    other!.release();
  }
  if (total > MOST_BYTES) throw new LintelError(`${total} bytes of resident models are too many`, { bytes: total });
}
