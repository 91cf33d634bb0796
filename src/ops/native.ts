// What the native kernels of several ops share: which tensors they take, and in what form.
import { nativeTakes, planGemm, preparingPays, type Reals } from "../native/index.js";
import { writeValues } from "../op/loops.js";
import { fromElements } from "../tensor/create.js";
import type { DType, Elements } from "../tensor/dtype.js";
import { decodeHalves } from "../tensor/half.js";
import { Tensor } from "../tensor/tensor.js";
import { batchOffsets } from "./wasm.js";

/** The dtype in which a product is computed; undefined for integers, which stay exact elsewhere. */
function realType({ dtype }: Tensor): "float32" | "float64" | undefined {
  if (dtype === "float64") return dtype;
  return dtype === "float32" || dtype === "float16" || dtype === "bfloat16" ? "float32" : undefined;
}

/**
 * The operands of y = a · b [..., m, k] × [..., k, n] in the type of the arithmetic. Undefined where converting one
 * costs more than the library saves, or when the product is not for it.
 */
export function realOperands(a: Tensor, b: Tensor, y: Tensor): readonly [Tensor, Tensor] | undefined {
  const dtype = realType(y);
  const k = b.sizes[b.ndim - 2];
  const n = b.sizes[b.ndim - 1];
  if (dtype === undefined || !nativeTakes(y.size / n, n, k)) return undefined;
  const convertible = (x: Tensor): boolean =>
    x.dtype === dtype || (x.dtype !== "int64" && preparingPays((y.size * k) / x.size));
  return convertible(a) && convertible(b) ? [convert(a, dtype), convert(b, dtype)] : undefined;
}

/** The same view on converted storage: its strides stay, so a transposed weight stays transposed. */
export function convert(x: Tensor, dtype: "float32" | "float64"): Tensor {
  if (x.dtype === dtype) return x;
  let [low, high] = [x.offset, x.offset];
  x.sizes.forEach((size, axis) => {
    const reach = x.strides[axis] * (size - 1);
    if (reach < 0) low += reach;
    else high += reach;
  });
  // A thin slice of a large storage: only what it shows.
  if (high - low >= 2 * x.size) return fromElements(toReals(x.dataSync(), dtype), x.dims, dtype);
  const elements = toReals(widen(x.elements.subarray(low, high + 1), x.dtype), dtype);
  const { dims, strides, offset } = x;
  return new Tensor({ dims, strides, offset: offset - low, dtype, storage: { device: "cpu", elements } });
}

/** Elements as their values: half types as float32. */
function widen(stored: Elements, dtype: DType): Elements {
  if (dtype !== "float16" && dtype !== "bfloat16") return stored;
  const values = new Float32Array(stored.length);
  decodeHalves(stored as Uint16Array, dtype, values);
  return values;
}

function toReals(values: Elements, dtype: "float32" | "float64"): Reals {
  const Target = dtype === "float32" ? Float32Array : Float64Array;
  if (values instanceof Target) return values;
  const reals = new Target(values.length);
  reals.set(values as Float64Array); // the engine converts; 64-bit integers do not come here
  return reals;
}

/**
 * y [...batch, m, n] = a [...batch, m, k] · b [...batch, k, n] of `realOperands`; with `accumulate` y holds what is
 * added. Returns false, before writing, for what the library does not do or does not do faster.
 */
export function multiplyNative(
  a: Tensor,
  b: Tensor,
  batch: { readonly sizes: readonly number[]; readonly a: readonly number[]; readonly b: readonly number[] },
  y: Tensor,
  accumulate?: (values: Reals) => void,
  finish?: (values: Reals) => void,
): void | false {
  const [m, k, n] = [a.sizes[a.ndim - 2], a.sizes[a.ndim - 1], b.sizes[b.ndim - 1]];
  const aOffsets = batchOffsets(batch.sizes, batch.a);
  const multiply = (data: Reals): void | false => {
    const run = planGemm({
      m,
      n,
      k,
      a: operand(a),
      b: operand(b),
      c: { data, offset: 0, rowStride: n, colStride: 1 },
      aOffsets,
      bOffsets: batchOffsets(batch.sizes, batch.b),
      cOffsets: aOffsets.map((_, i) => i * m * n),
      accumulate: accumulate !== undefined,
    });
    if (run === undefined) return false;
    accumulate?.(data);
    run();
    finish?.(data);
  };
  if (y.dtype === "float32" || y.dtype === "float64") return multiply(y.elements as Reals);
  const values = new Float32Array(y.size);
  if (multiply(values) === false) return false;
  writeValues(y, values);
}

const operand = (x: Tensor) => ({
  data: x.elements as Reals,
  offset: x.offset,
  rowStride: x.strides[x.ndim - 2],
  colStride: x.strides[x.ndim - 1],
});
