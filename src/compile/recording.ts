import { contiguousOp } from "../ops/index.js";
import { observe } from "../op/observer.js";
import type { Op } from "../op/define.js";
import type { Tensor } from "../tensor/tensor.js";

/** One op of a recording: what it read, what it made, and how. */
export interface Step {
  readonly op: Op<never>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: unknown;
}

/** The ops of one run on abstract tensors, in their order. Sizes that change from run to run are names. */
export class Recording {
  readonly steps: Step[] = [];

  /** Runs `body` and records what it applies. */
  during<R>(body: () => R): R {
    return observe(
      ({ op, inputs, outputs, attributes }) => this.steps.push({ op, inputs, outputs, attributes }),
      body,
    );
  }

  /** Writes the elements of `source` over those of `target`, a view of a tensor that stays from run to run. */
  assign(target: Tensor, source: Tensor): void {
    this.steps.push({ op: contiguousOp, inputs: [source], outputs: [target], attributes: undefined });
  }
}
