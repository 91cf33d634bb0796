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
  const kept = cast(mask.ndim === 2 ? perSequence(mask, keys) : mask, "bool");
  return past === undefined ? kept : logicalAnd(past, kept);
}

/** [B, m] -> [B, 1, 1, m]. */
function perSequence(mask: Tensor, keys: Size): Tensor {
  requireCovering(mask, keys);
  return reshape(mask, [mask.dims[0], 1, 1, keys]);
}

/** What a mask of all `keys` says of the last `seen` of them. Throws `ShapeError` when a mask [B, m] covers others. */
export function ofLastKeys(mask: Tensor, keys: Size, seen: Size): Tensor {
  if (mask.ndim === 2) requireCovering(mask, keys);
  const alike = sameSize(keys, seen) || !sameSize(mask.dims.at(-1) ?? 1, keys);
  return alike ? mask : slice(mask, -1, Number(keys) - Number(seen));
}

function requireCovering(mask: Tensor, keys: Size): void {
  if (sameSize(mask.dims[1], keys)) return;
  throw new ShapeError(
    `attention: the mask ${showShape(mask.dims)} must cover all ${keys} keys, the cached ones too`,
    { op: "attention", shapes: [mask.dims] },
  );
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
