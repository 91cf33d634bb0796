import type { ScoreBias } from "../../kernels/index.js";
import { readValues, rowMajorStrides } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { batchOffsets } from "../wasm.js";

/** Which keys a query may see, and what is added to their scores. */
export class ScoreMask {
  readonly #values: Float64Array | undefined;
  readonly #isBoolean: boolean;
  readonly #heads: readonly number[];
  readonly #rowStep: number;
  readonly #columnStep: number;
  readonly #n: number;
  readonly #m: number;
  readonly #causal: boolean;

  /** For scores [...lead, n, m]. The mask is read once, in its own shape. */
  constructor(mask: Tensor | undefined, lead: readonly number[], n: number, m: number, causal: boolean) {
    this.#n = n;
    this.#m = m;
    this.#causal = causal;
    this.#values = mask === undefined ? undefined : readValues(mask);
    this.#isBoolean = mask?.dtype === "bool";
    const strides = mask === undefined ? [] : rowMajorStrides(mask, [...lead, n, m]);
    this.#heads = batchOffsets(lead, strides);
    this.#rowStep = strides[lead.length];
    this.#columnStep = strides[lead.length + 1];
  }

  /** What the mask adds to the scores of each head, −∞ where it is false; undefined without a mask. */
  get bias(): ScoreBias | undefined {
    const values = this.#values;
    if (values === undefined) return undefined;
    const terms = new Float32Array(values.length);
    for (let i = 0; i < terms.length; i++) {
      terms[i] = !this.#isBoolean ? values[i] : values[i] === 0 ? -Infinity : 0;
    }
    return {
      perQuery: this.#rowStep !== 0,
      write: (target, at, head, first, count) => {
        const start = this.#heads[head] + first * this.#rowStep;
        for (let row = 0; row < count; row++, at += this.#m) {
          const from = start + row * this.#rowStep;
          if (this.#columnStep === 1) target.set(terms.subarray(from, from + this.#m), at);
          else target.fill(terms[from], at, at + this.#m); // the same for all keys
        }
      },
    };
  }

  /** Masks `count` rows of `width` scores in place, `first` being the row's number; answers which see nothing. */
  apply(scores: Float32Array, first: number, count: number, width: number): number[] {
    const blind: number[] = [];
    if (this.#values === undefined && !this.#causal) return blind;
    for (let row = 0; row < count; row++) {
      const query = (first + row) % this.#n;
      const last = query + 1 + this.#m - this.#n;
      const visible = this.#causal ? Math.max(0, Math.min(width, last)) : width;
      const start = row * width;
      if (visible < width) scores.fill(-Infinity, start + visible, start + width);
      const sees = this.#values === undefined ? visible > 0 : this.#add(scores, start, visible, first + row);
      if (!sees) blind.push(row);
    }
    return blind;
  }

  #add(scores: Float32Array, start: number, visible: number, row: number): boolean {
    const values = this.#values!;
    let at = this.#heads[Math.floor(row / this.#n)] + (row % this.#n) * this.#rowStep;
    let sees = false;
    for (let j = start; j < start + visible; j++, at += this.#columnStep) {
      if (!this.#isBoolean) scores[j] += values[at];
      else if (values[at] === 0) scores[j] = -Infinity;
      sees ||= scores[j] !== -Infinity;
    }
    return sees;
  }
}
