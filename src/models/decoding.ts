import { forcedEngine } from "../backends/engines.js";
import { LintelError } from "../base/errors.js";
import type { KeyValueCache } from "../nn/cache.js";
import { copyElements } from "../op/copy.js";
import { isObserved } from "../op/observer.js";
import { fromElements } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Model } from "./model.js";
import { Residents, type CompiledStep, type Resident } from "./resident.js";

/** Positions of the smallest program; each larger one has room for twice as many. */
const FEWEST_POSITIONS = 64;
/** Positions for which there is room from the start, however many tokens are asked for. */
const MOST_AT_FIRST = 1024;

const shared = new Residents();

/**
 * Token after token through the compiled decoding step of a model, going on where a cache is. Whatever has no
 * program (another engine, an observer that wants to see every op, parameters that are not float32 or too large) runs
 * op by op instead: `step` then answers `undefined`, and the cache has all positions.
 */
export class Decoding {
  readonly #model: Model;
  readonly #cache: KeyValueCache;
  readonly #residents: Residents;
  #resident: Resident | undefined;
  #step: CompiledStep | undefined;
  #past = 0;

  /** `expected`: how long the sequence may become. */
  constructor(model: Model, cache: KeyValueCache, expected: number, residents = shared) {
    this.#model = model;
    this.#cache = cache;
    this.#residents = residents;
    const engine = forcedEngine();
    if (isObserved() || (engine !== undefined && engine !== "wasm")) return;
    const resident = residents.of(model);
    if (resident.busy) return;
    resident.busy = true;
    this.#resident = resident;
    this.#enter(Math.min(expected, MOST_AT_FIRST));
  }

  /** The logits [V] behind the token `id`; `undefined` when the model itself must compute them. */
  step(id: number): Tensor | undefined {
    if (this.#step !== undefined && this.#past >= this.#step.program.limit) this.#leave();
    if (this.#step === undefined) this.#enter(Number(this.#cache.length) + 1);
    if (this.#step === undefined) return undefined;
    try {
      const logits = this.#step.program.run(this.#past, [id]).slice();
      this.#past++;
      return fromElements(logits, [logits.length], "float32");
    } catch (error) {
      if (!(error instanceof LintelError)) throw error;
      this.#leave();
      this.#resident?.release();
      this.end();
      return undefined;
    }
  }

  /** Lets another generation use the program. */
  end(): void {
    if (this.#resident !== undefined) this.#resident.busy = false;
    this.#resident = undefined;
    this.#step = undefined;
  }

  /** Copies what the cache has into a program with room for `positions`, if there is one that can go on from there. */
  #enter(positions: number): void {
    if (this.#resident === undefined) return;
    this.#past = Number(this.#cache.length);
    let room = FEWEST_POSITIONS;
    while (room < Math.max(positions, this.#past + 1)) room *= 2;
    try {
      this.#step = this.#residents.prepare(this.#model, room);
    } catch (error) {
      if (!(error instanceof LintelError)) throw error;
      return this.end();
    }
    if (this.#past >= this.#step.program.limit) this.#step = undefined; // a table ends here, and eager ops say so
    if (this.#step === undefined) return;
    for (const [layer, state] of this.#step.states) {
      const { keys, values } = this.#cache.contents(layer)!;
      copyElements(keys, this.#rows(state.keys, 0));
      copyElements(values, this.#rows(state.values, 0));
    }
  }

  /** Appends to the cache what the program has computed since. */
  #leave(): void {
    const from = Number(this.#cache.length);
    for (const [layer, { keys, values }] of from === this.#past ? [] : this.#step!.states) {
      this.#cache.append(layer, this.#rows(keys, from), this.#rows(values, from));
    }
    this.#step = undefined;
  }

  /** The positions from `from` to the present one of a state. */
  #rows(state: Tensor, from: number): Tensor {
    const whole = fromElements(this.#step!.program.state(state), state.dims, "float32");
    const { dims, strides } = whole;
    return whole.withView({ dims: dims.with(2, this.#past - from), strides, offset: from * strides[2] });
  }
}
