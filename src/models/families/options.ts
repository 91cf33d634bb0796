import type { AttentionMode } from "../../nn/attend.js";

export interface FamilyOptions {
  /** `"eager"` shows every op of attention, `"fused"` is one op that keeps no scores. Default `"eager"`. */
  readonly attention?: AttentionMode | undefined;
}
