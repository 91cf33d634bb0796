import type { Size } from "../../shape/dim.js";
import type { RotaryFrequencies } from "./frequencies.js";

export interface RotaryAttributes extends RotaryFrequencies {
  readonly style: "half" | "interleaved";
  /** The position of the first row, when no positions are given. */
  readonly offset: Size;
}
