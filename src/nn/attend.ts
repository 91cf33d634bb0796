import { ShapeError } from "../base/errors.js";
import { dimsOf, requireTensors } from "../op/apply.js";
import { readOptions } from "../base/options.js";
import { add } from "../ops/add/op.js";
import { matmul } from "../ops/matmul/op.js";
import { mul } from "../ops/mul/op.js";
import { reshape } from "../ops/reshape/op.js";
import { scaledDotProductAttention } from "../ops/scaledDotProductAttention/op.js";
import { softmax } from "../ops/softmax/op.js";
import { tanh } from "../ops/tanh/op.js";
import { transpose } from "../ops/transpose/op.js";
import { where } from "../ops/where/op.js";
import { divideSizes, multiplySizes, sameSize, showShape, type Size, toSize } from "../shape/dim.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { visibleKeys, type Visibility } from "./mask.js";

/** `"eager"`: matmul, scale, mask, softmax and matmul as ops of their own. `"fused"`: one op, no scores in memory. */
export const attentionModes = ["eager", "fused"] as const;
export type AttentionMode = (typeof attentionModes)[number];

export interface AttendOptions extends Visibility {
  /** Default 1/√d. */
  readonly scale?: number | undefined;
  /** Added to the scaled scores; broadcasts to [B, h, n, m]. */
  readonly bias?: Tensor | undefined;
  /** Squashes scaled scores into ±softcap: softcap · tanh(score / softcap). Always eager. */
  readonly softcap?: number | null | undefined;
  readonly mode?: AttentionMode | undefined;
}

const optionNames = [
  "scale",
  "bias",
  "softcap",
  "mode",
  "causal",
  "window",
  "mask",
] as const satisfies readonly (keyof AttendOptions)[];

/**
 * softmax(q kᵀ · scale + mask) v (Vaswani et al., 2017): q [B, h, n, d], k and v [B, g, m, d] -> [B, h, n,
 * d]. Each of the g key heads serves h / g neighbouring query heads (Ainslie et al., 2023). Throws
 * `ShapeError` when widths, lengths or heads do not meet.
 *
 * @example
 * const [q, k, v] = [randn([1, 8, 5, 64]), randn([1, 2, 7, 64]), randn([1, 2, 7, 64])];
 * attend(q, k, v, { causal: true }).shape; // [1, 8, 5, 64]
 */
export function attend(q: Tensor, k: Tensor, v: Tensor, options: AttendOptions = {}): Tensor {
  requireTensors("attend", [q, k, v]);
  readOptions("attend", options, optionNames);
  for (const { dims } of [q, k, v]) {
    if (dims.length >= 3) continue;
    throw new ShapeError(`attend: q, k and v are [..., heads, n, d], got ${showShape(dims)}`, {
      op: "attend",
      shapes: [q.dims, k.dims, v.dims],
    });
  }
  const width = Number(q.dims.at(-1));
  const scale = options.scale ?? 1 / Math.sqrt(width);
  const softcap = options.softcap ?? null;
  // The fused op takes booleans or a bias, and knows no softcap.
  const fusible = softcap === null && (options.bias === undefined || options.mask === undefined);
  if (options.mode === "fused" && fusible) return fused(q, k, v, scale, options);

  const [n, m] = [q.dims.at(-2)!, k.dims.at(-2)!];
  const scores = perHead(matmul(groupQueries(q, k), transpose(k)), q); // [B, h, n, m]
  const multiplied = mul(scores, scale);
  const plain = options.bias === undefined ? multiplied : add(multiplied, options.bias);
  const scaled = softcap === null ? plain : capped(plain, softcap);
  const visible = visibleKeys(n, m, options, scaled.isAbstract);
  // A padded batch may hold rows without any visible key: a finite floor keeps NaN out of them.
  const hidden = options.mask === undefined ? -Infinity : lowest(scaled.dtype);
  const weights = softmax(visible === undefined ? scaled : where(visible, scaled, hidden), -1);
  return perHead(matmul(groupQueries(weights, k), v), q);
}

function fused(q: Tensor, k: Tensor, v: Tensor, scale: number, options: AttendOptions): Tensor {
  const [n, m] = [q.dims.at(-2)!, k.dims.at(-2)!];
  const { causal = false, window = null, bias } = options;
  if (bias !== undefined) return scaledDotProductAttention(q, k, v, { mask: bias, causal, scale });
  if (window === null) {
    const mask = visibleKeys(n, m, { mask: options.mask }, q.isAbstract);
    return scaledDotProductAttention(q, k, v, { mask, causal, scale });
  }
  return scaledDotProductAttention(q, k, v, { mask: visibleKeys(n, m, options, q.isAbstract), scale });
}

/** The h / g query heads that share a key head become rows of one matrix: [B, h, n, d] -> [B, g, (h/g)·n, d]. */
function groupQueries(x: Tensor, k: Tensor): Tensor {
  const [heads, groups] = [x.dims.at(-3)!, k.dims.at(-3)!];
  const shared = divideSizes(heads, groups) ?? 1;
  if (shared === 1) return x;
  const [rows, width] = x.dims.slice(-2) as [Size, Size];
  return reshape(x, [...x.dims.slice(0, -3), groups, multiplySizes(shared, rows), width]);
}

/** And back: [B, g, (h/g)·n, e] -> [B, h, n, e]. */
const perHead = (x: Tensor, q: Tensor): Tensor =>
  sameSize(x.dims.at(-3)!, q.dims.at(-3)!) ? x : reshape(x, [...q.dims.slice(0, -1), x.dims.at(-1)!]);

/** softcap · tanh(x / softcap), as in Gemma 2. */
export const capped = (x: Tensor, softcap: number): Tensor => mul(tanh(mul(x, 1 / softcap)), softcap);

const lowest = (dtype: DType): number => (dtype === "float16" ? -65504 : -3e38);

/**
 * [B, n, h·d] -> [B, h, n, d], a view.
 *
 * @example
 * splitHeads(zeros([2, 5, 768]), 12).shape; // [2, 12, 5, 64]
 */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const width = Number(dimsOf("splitHeads", x).at(-1)) / Number(toSize(heads));
  return transpose(reshape(x, [...x.dims.slice(0, -1), heads, width]), -3, -2);
}

/**
 * [B, h, n, d] -> [B, n, h·d]
 *
 * @example
 * mergeHeads(zeros([2, 12, 5, 64])).shape; // [2, 5, 768]
 */
export function mergeHeads(x: Tensor): Tensor {
  const swapped = transpose(x, -3, -2);
  const [heads, width] = swapped.dims.slice(-2) as [Size, Size];
  return reshape(swapped, [...swapped.dims.slice(0, -2), multiplySizes(heads, width)]);
}
