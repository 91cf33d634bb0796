import type { Recording } from "../compile/index.js";
import { KeyValueCache } from "../nn/cache.js";
import { apply } from "../op/apply.js";
import { sliceOp } from "../ops/slice/op.js";
import { addSizes, multiplySizes, namedSize, type Size } from "../shape/dim.js";
import { abstractTensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/** Room for the keys and values of one layer, [B, g, positions, d]. */
export interface State {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** The cache of a recorded step: what the layers append is written to states, whose room is fixed. */
export class RecordedCache extends KeyValueCache {
  readonly states = new Map<object, State>();
  readonly variables = new Map<string, (past: number) => number>([["past", (past) => past]]);
  readonly #recording: Recording;
  readonly #positions: number;

  constructor(recording: Recording, positions: number) {
    super({ length: "past" });
    this.#recording = recording;
    this.#positions = positions;
  }

  override append(layer: object, k: Tensor, v: Tensor, window: number | null = null): readonly [Tensor, Tensor] {
    const past = this.lengthOf(layer);
    super.append(layer, k, v);
    const state = { keys: this.#room(k), values: this.#room(v) };
    this.states.set(layer, state);
    const seen = window === null ? this.lengthOf(layer) : this.#within(window);
    const from = addSizes(this.lengthOf(layer), multiplySizes(-1, seen));
    return [this.#write(state.keys, k, past, from, seen), this.#write(state.values, v, past, from, seen)];
  }

  #room(x: Tensor): Tensor {
    return abstractTensor(x.dims.with(2, this.#positions), x.dtype);
  }

  #within(window: number): Size {
    const name = `window${window}`;
    this.variables.set(name, (past) => Math.min(past + 1, window));
    return namedSize(name);
  }

  #write(state: Tensor, x: Tensor, past: Size, from: Size, seen: Size): Tensor {
    const rows = (start: Size, length: Size): Tensor =>
      apply(sliceOp, [state], { axis: state.ndim - 2, start, step: 1, length });
    this.#recording.assign(rows(past, x.dims.at(-2)!), x);
    return rows(from, seen);
  }
}
