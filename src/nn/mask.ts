import { cast } from "../ops/cast/op.js";
import { logicalAnd } from "../ops/logicalAnd/op.js";
import { reshape } from "../ops/reshape/op.js";
import { slice } from "../ops/slice/op.js";
import { ShapeError } from "../base/errors.js";
import { isKnown, sameSize, showShape, type Size } from "../shape/dim.js";
import { abstractTensor, tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

export interface Visibility {
  /** Each position sees itself and what came before. */
  readonly causal?: boolean | undefined;
  /** With `causal`: and no further back than this many positions, itself included. */
  readonly window?: number | null | undefined;
  /** Which keys are no padding: [B, m], or anything that broadcasts to [B, h, n, m]; non-zero keeps. */
  readonly mask?: Tensor | undefined;
}

/**
 * Which of the m keys each of the n queries may see, as booleans that broadcast to [B, h, n, m]; `undefined` when
 * all may. The queries are the last n of the m positions.
 */
export function visibleKeys(
  queries: Size,
  keys: Size,
  { causal = false, window = null, mask }: Visibility,
  abstract: boolean,
): Tensor | undefined {
  const past = causal ? band(queries, keys, window, abstract) : undefined;
  if (mask === undefined) return past;
  const kept = cast(covering(mask, keys, window), "bool");
  return past === undefined ? kept : logicalAnd(past, kept);
}

/** The mask of the keys that are left: [B, m] -> [B, 1, 1, m]; a window leaves the last ones. */
function covering(mask: Tensor, keys: Size, window: number | null): Tensor {
  const length = mask.dims.at(-1)!;
  const surplus = isKnown(length) && isKnown(keys) ? Number(length) - Number(keys) : 0;
  const last = window !== null && surplus > 0 ? slice(mask, -1, surplus) : mask;
  if (last.ndim !== 2) return last;
  if (!sameSize(last.dims[1], keys)) {
    throw new ShapeError(
      `attention: the mask ${showShape(mask.dims)} must cover all ${keys} keys, the cached ones too`,
      { op: "attention", shapes: [mask.dims] },
    );
  }
  return reshape(last, [last.dims[0], 1, 1, keys]);
}

let latest: { key: string; mask: Tensor } | undefined;

/** The causal band [n, m]; `undefined` when it hides nothing. All layers of a forward pass share one. */
function band(queries: Size, keys: Size, window: number | null, abstract: boolean): Tensor | undefined {
  const reach = window ?? Infinity;
  if (queries === 1 && (window === null || (isKnown(keys) && Number(keys) <= window))) return undefined;
  if (abstract || !isKnown(queries) || !isKnown(keys)) return abstractTensor([queries, keys], "bool");
  const [n, m] = [Number(queries), Number(keys)];
  const key = `${n},${m},${reach}`;
  if (latest?.key !== key) {
    const visible = new Uint8Array(n * m);
    for (let i = 0; i < n; i++) {
      const last = i + m - n;
      visible.fill(1, i * m + Math.max(0, last - reach + 1), i * m + last + 1);
    }
    latest = { key, mask: tensor(visible, { shape: [n, m], dtype: "bool" }) };
  }
  return latest.mask;
}
