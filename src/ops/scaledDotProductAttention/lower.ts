import { call, type Lowering, type Placed } from "../../op/lower.js";
import { countElements, divideSizes, isOne, multiplySizes, type Size } from "../../shape/dim.js";
import { contiguousStrides } from "../../tensor/strides.js";
import { lowerAdd } from "../add/lower.js";
import { rowsOf } from "../lower.js";
import { lowerMatmul } from "../matmul/lower.js";
import { lowerMul } from "../mul/lower.js";
import type { AttentionAttributes } from "./attributes.js";

/** The two products with a softmax between them; one query sees all keys, causal or not. */
export const lowerAttention: Lowering<AttentionAttributes> = ([q, k, v, mask], y, attributes, room) => {
  const shared = q.dims.length < 3 ? undefined : divideSizes(q.dims.at(-3)!, k.dims.at(-3) ?? 1);
  const [n, d] = q.dims.slice(-2);
  const alike = [k, v].every(({ dims }) => dims.length === q.dims.length) && k.dims.at(-3) === v.dims.at(-3);
  if (typeof shared !== "number" || typeof d !== "number" || !alike || mask?.dtype === "bool")
    return undefined;
  if (attributes.causal && !isOne(n)) return undefined;
  const [keys, values] = [grouped(k, shared, 0), grouped(v, shared, 0)];
  const swap = <T>(list: readonly T[]): T[] => [...list.slice(0, -2), list.at(-1)!, list.at(-2)!];
  const transposed = { ...keys, dims: swap(keys.dims), strides: swap(keys.strides) };
  const dims = [...q.dims.slice(0, -1), k.dims.at(-2)!];
  const at = room.scratch(countElements(dims));
  const scores: Placed = { at, dims, strides: contiguousStrides(dims), dtype: "float32" };
  const scale = attributes.scale ?? 1 / Math.sqrt(d);
  const factor = { at: room.constant(`scale ${scale}`, () => Float32Array.of(scale)), dims: [], strides: [] };
  const steps = [
    lowerMatmul([splitHeads(q, shared), transposed], splitHeads(scores, shared), undefined, room),
    lowerMul([scores, { ...factor, dtype: "float32" }], scores, undefined, room),
    mask === undefined ? [] : lowerAdd([scores, mask], scores, undefined, room),
    [call("softmaxF32", at, ...rowsOf(scores))],
    lowerMatmul([splitHeads(scores, shared), values], splitHeads(y, shared), undefined, room),
  ];
  return steps.every((calls) => calls !== undefined) ? steps.flat() : undefined;
};

/** [..., h, n, d] -> [..., h / shared, shared, n, d] */
const splitHeads = (x: Placed, shared: number): Placed => {
  const heads = divideSizes(x.dims.at(-3)!, shared)!;
  return grouped({ ...x, dims: x.dims.toSpliced(-3, 1, heads) }, shared, x.strides.at(-3)!);
};

/** [..., g, m, d] -> [..., g, shared, m, d], `step` elements apart. */
const grouped = ({ dims, strides, ...x }: Placed, shared: number, step: Size): Placed => {
  const groupStep = step === 0 ? strides.at(-3)! : multiplySizes(step, shared);
  return {
    ...x,
    dims: dims.toSpliced(-2, 0, shared),
    strides: strides.toSpliced(-3, 1, groupStep, step),
  };
};
