import type { Recording } from "../compile/index.js";
import { KeyValueCache } from "../nn/cache.js";
import { apply } from "../op/apply.js";
import { sliceOp } from "../ops/slice/op.js";
import { namedSize, type Size } from "../shape/dim.js";
import { abstractTensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/** Room for the keys and values of one layer, [B, g, positions, d]. */
export interface State {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** The cache of a recorded step of one position: what a layer appends is written to a state, whose room is fixed. */
export class RecordedCache extends KeyValueCache {
  readonly states = new Map<object, State>();
  /** The sizes that differ from step to step, by how many positions came before. */
  readonly variables = new Map<string, (past: number) => number>([["past", (past) => past]]);
  readonly #recording: Recording;
  readonly #positions: number;

  constructor(recording: Recording, positions: number) {
    super({ length: "past" });
    this.#recording = recording;
    this.#positions = positions;
  }

  override append(
    layer: object,
    k: Tensor,
    v: Tensor,
    window: number | null = null,
  ): readonly [keys: Tensor, values: Tensor] {
    const past = this.lengthOf(layer);
    super.append(layer, k, v);
    const state = { keys: this.#room(k), values: this.#room(v) };
    this.states.set(layer, state);
    this.#recording.assign(rows(state.keys, past, 1), k);
    this.#recording.assign(rows(state.values, past, 1), v);
    const [from, length] = window === null ? [0, this.lengthOf(layer)] : this.#within(window);
    return [rows(state.keys, from, length), rows(state.values, from, length)];
  }

  #room(x: Tensor): Tensor {
    return abstractTensor(x.dims.with(2, this.#positions), x.dtype);
  }

  /** The last positions that a window shows. */
  #within(window: number): readonly [from: Size, length: Size] {
    this.variables.set(`from${window}`, (past) => Math.max(0, past + 1 - window));
    this.variables.set(`seen${window}`, (past) => Math.min(past + 1, window));
    return [namedSize(`from${window}`), namedSize(`seen${window}`)];
  }
}

const rows = (state: Tensor, start: Size, length: Size): Tensor =>
  apply(sliceOp, [state], { axis: 2, start, step: 1, length });
