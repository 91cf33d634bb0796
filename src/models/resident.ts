import { LintelError } from "../base/errors.js";
import { Program, Recording, Residence } from "../compile/index.js";
import { abstractTensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Model } from "./model.js";
import { RecordedCache, type State } from "./recorded-cache.js";

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
  /** What was recorded: a profiler puts another one in its place. */
  #forward: unknown;
  #parameters: readonly Tensor[] = [];
  #step: CompiledStep | undefined;
  /** Why there can be no program. */
  #refusal: LintelError | undefined;

  get byteLength(): number {
    return this.#residence?.byteLength ?? 0;
  }

  /** The threads that share its products; `undefined` where one works alone. */
  get threads(): Residence["pool"] {
    return this.#residence?.pool;
  }

  /** Leaves the memory to the garbage collector. */
  release(): void {
    this.#residence?.close();
    this.#residence = undefined;
    this.#step = undefined;
  }

  /**
   * A step for `positions` or more with the parameters as they are now, in memory of `mostBytes`. `makeRoom` is told
   * how many bytes it will have. Throws what that throws, and `LintelError` when there can be no step.
   */
  prepare(
    model: Model,
    positions: number,
    mostBytes: number,
    makeRoom: (bytes: number) => void,
  ): CompiledStep {
    const parameters = [...model.namedParameters()].map(([, parameter]) => parameter);
    const forward: unknown = Reflect.get(model, "forward");
    const same =
      this.#forward === forward &&
      parameters.length === this.#parameters.length &&
      parameters.every((x, i) => x === this.#parameters[i]);
    if (same && this.#refusal !== undefined) throw this.#refusal;
    if (same && this.#residence?.isCurrent === true) this.#residence.refresh();
    else {
      this.release();
      this.#forward = forward;
      this.#parameters = parameters;
      this.#refusal = undefined;
      this.#residence = new Residence(parameters, mostBytes, makeRoom);
    }
    if (this.#step !== undefined && this.#step.positions >= positions) return this.#step;
    return this.#compile(model, this.#residence, positions);
  }

  #compile(model: Model, residence: Residence, positions: number): CompiledStep {
    const first = this.#step === undefined;
    this.#step = undefined; // its memory is written to, whatever happens
    try {
      this.#step = compileStep(model, residence, positions);
      return this.#step;
    } catch (error) {
      this.release();
      if (first && error instanceof LintelError) this.#refusal = error;
      throw error;
    }
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

/** The models that are resident in this process. The one that was used least recently makes room for another. */
export class Residents {
  /** Bytes that the parameters, keys and values of all together may take. */
  readonly mostBytes: number;
  /** A model that is garbage takes its resident along. */
  readonly #residents = new WeakMap<Model, Resident>();
  /** Least recently used first. */
  #recent: readonly WeakRef<Resident>[] = [];

  /** Default: a quarter of what 32 bits address. */
  constructor(mostBytes = 2 ** 30) {
    this.mostBytes = mostBytes;
  }

  of(model: Model): Resident {
    const found = this.#residents.get(model) ?? new Resident();
    this.#residents.set(model, found);
    this.#recent = [...this.#others(found).map((other) => new WeakRef(other)), new WeakRef(found)];
    return found;
  }

  /** As `Resident.prepare`. Throws `LintelError` also when residents that are in use leave no room. */
  prepare(model: Model, positions: number): CompiledStep {
    const resident = this.of(model);
    return resident.prepare(model, positions, this.mostBytes, (bytes) => this.#makeRoom(resident, bytes));
  }

  #others(resident: Resident): Resident[] {
    const all = this.#recent.map((reference) => reference.deref());
    return all.filter((other) => other !== undefined && other !== resident) as Resident[];
  }

  #makeRoom(resident: Resident, bytes: number): void {
    const others = this.#others(resident);
    let total = others.reduce((sum, other) => sum + other.byteLength, bytes);
    for (const other of others) {
      if (total <= this.mostBytes) return;
      if (other.busy) continue;
      total -= other.byteLength;
      other.release();
    }
    if (total <= this.mostBytes) return;
    throw new LintelError(`${total} bytes of resident models are more than ${this.mostBytes}`, {
      bytes: total,
    });
  }
}
