import { ShapeError } from "../base/errors.js";
import { alignShapes } from "./broadcast.js";
import { divideSizes, isKnown, sameShape, sameSize, showShape, sizeValue, type Size } from "./dim.js";

/** The sizes of an attention: q [...batch, heads, n, d], k [...batch, keyHeads, m, d], v [...batch, keyHeads, m, e]. */
export interface AttentionSizes {
  readonly output: readonly Size[];
  /** `[...batch, heads, n, m]`, what a mask broadcasts to. */
  readonly scores: readonly Size[];
}

/**
 * Checks the operands of scaled dot-product attention. Query heads may be a multiple of key heads: each key head
 * then serves a group of neighbouring query heads.
 *
 * @example
 * attentionShape(["B", 32, "n", 128], ["B", 8, "m", 128], ["B", 8, "m", 128]).scores   // [B, 32, n, m]
 */
export function attentionShape(
  q: readonly Size[],
  k: readonly Size[],
  v: readonly Size[],
  mask?: readonly Size[],
): AttentionSizes {
  const shapes = mask === undefined ? [q, k, v] : [q, k, v, mask];
  const fail = (reason: string): never => {
    throw new ShapeError(
      `scaledDotProductAttention: q ${showShape(q)}, k ${showShape(k)}, v ${showShape(v)}: ${reason}`,
      { op: "scaledDotProductAttention", shapes },
    );
  };
  if (q.length < 2 || k.length < 2 || v.length < 2) return fail("each needs at least 2 axes");
  const [n, d] = q.slice(-2);
  const [m, keyWidth] = k.slice(-2);
  const [valueLength, e] = v.slice(-2);
  if (!sameSize(d, keyWidth)) return fail(`widths ${d} and ${keyWidth} of q and k differ`);
  if (!sameSize(m, valueLength)) return fail(`lengths ${m} and ${valueLength} of k and v differ`);
  const lead = q.slice(0, -2);
  if (!serves(lead, k.slice(0, -2))) return fail("the heads of k must divide those of q");
  if (!serves(lead, v.slice(0, -2))) return fail("the heads of v must divide those of q");

  const scores = [...lead, n, m];
  if (mask !== undefined && !fitsInto(mask, scores)) {
    return fail(`mask ${showShape(mask)} does not broadcast to ${showShape(scores)}`);
  }
  return { output: [...lead, n, e], scores };
}

/** True when [...batch, keyHeads] broadcasts and repeats to exactly [...batch, heads]. */
function serves(lead: readonly Size[], keyLead: readonly Size[]): boolean {
  if (keyLead.length === 0) return true;
  if (keyLead.length > lead.length) return false;
  const [heads, keyHeads] = [lead[lead.length - 1], keyLead[keyLead.length - 1]];
  const whole = sameSize(heads, keyHeads) || groupSize(heads, keyHeads) !== undefined;
  return whole && fitsInto(keyLead.slice(0, -1), lead.slice(0, -1));
}

/** How many query heads share one key head; `undefined` when they do not share evenly. */
function groupSize(heads: Size, keyHeads: Size): Size | undefined {
  return divideSizes(heads, keyHeads) ?? divideSizes(known(heads), known(keyHeads));
}

const known = (size: Size): Size => (isKnown(size) ? sizeValue(size) : size);

function fitsInto(shape: readonly Size[], target: readonly Size[]): boolean {
  const aligned = alignShapes(shape, target);
  return "shape" in aligned && sameShape(aligned.shape, target);
}
