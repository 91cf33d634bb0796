import { Recorder } from "../cost/index.js";
import type { Bench } from "../cost/machine/index.js";
import type { Model } from "../models/index.js";
import { observe } from "../op/observer.js";
import type { Pass } from "../report/profile.js";

/** Watches the forward passes of a model, each with its ops and its wall-clock time. */
export class Profiler {
  readonly passes: Pass[] = [];
  readonly #model: Model;
  readonly #now: Bench["now"];

  constructor(model: Model, now: Bench["now"]) {
    this.#model = model;
    this.#now = now;
  }

  /** Runs `body` with every forward pass of the model recorded. */
  async watch<T>(body: () => T | Promise<T>): Promise<T> {
    const model = this.#model;
    const forward = model.forward.bind(model);
    // A pass is one synchronous call of forward; the generation around it is not, so it cannot be observed whole.
    model.forward = (ids, options) => {
      const recorder = new Recorder();
      let recording = 0; // milliseconds that belong to the recorder
      const start = this.#now();
      const output = observe(
        (event) => {
          const before = this.#now();
          recorder.observer(event);
          recording += this.#now() - before;
        },
        () => forward(ids, options),
      );
      const seconds = (this.#now() - start - recording) / 1000;
      this.passes.push({ records: recorder.trace().records, tokens: ids.size, seconds });
      return output;
    };
    try {
      return await body();
    } finally {
      model.forward = forward;
    }
  }
}
