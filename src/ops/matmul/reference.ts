import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

/** The left operand as a matrix: a vector is a row. */
export function asRows(a: Tensor): Tensor {
  return a.ndim > 1 ? a : a.withView({ dims: [1, ...a.dims], strides: [0, ...a.strides] });
}

/** The right operand as a matrix: a vector is a column. */
export function asColumns(b: Tensor): Tensor {
  return b.ndim > 1 ? b : b.withView({ dims: [...b.dims, 1], strides: [...b.strides, 0] });
}

/** The leading axes of the product, over which the operands are broadcast. */
export function batchSizes(a: Tensor, b: Tensor, output: Tensor): readonly number[] {
  return output.sizes.slice(0, output.ndim - (a.ndim > 1 ? 1 : 0) - (b.ndim > 1 ? 1 : 0));
}

/** How a matrix operand steps along the product's leading axes: 0 along those that it lacks or repeats. */
export function batchSteps(x: Tensor, batch: readonly number[]): number[] {
  const missing = batch.length + 2 - x.ndim;
  return batch.map((_, i) => (i < missing || x.sizes[i - missing] === 1 ? 0 : x.strides[i - missing]));
}

/** A matrix operand with the product's leading axes. */
function expandBatch(x: Tensor, batch: readonly number[]): Tensor {
  const dims = [...batch, ...x.sizes.slice(-2)];
  return x.withView({ dims, strides: [...batchSteps(x, batch), ...x.strides.slice(-2)] });
}

/** The three loops of the definition: floats summed in float64, integers exactly (they wrap, as in NumPy). */
export const matmulReference: Kernel<undefined> = ([left, right], [output]) => {
  const [a, b] = [asRows(left), asColumns(right)];
  const batch = batchSizes(left, right, output);
  const sizes = { m: a.sizes[a.ndim - 2], k: a.sizes[a.ndim - 1], n: b.sizes[b.ndim - 1] };
  const [expandedA, expandedB] = [expandBatch(a, batch), expandBatch(b, batch)];
  if (isFloat(output.dtype) || output.dtype === "bool") {
    const values = new Float64Array(output.size);
    multiplyLoops(readValues(expandedA), readValues(expandedB), values, sizes, 0, (t, x, y) => t + x * y);
    writeValues(output, values);
  } else if (output.dtype === "int64") {
    const values = output.elements as BigInt64Array;
    const multiplyAdd = (t: bigint, x: bigint, y: bigint): bigint => BigInt.asIntN(64, t + x * y);
    multiplyLoops(readIntegers(expandedA), readIntegers(expandedB), values, sizes, 0n, multiplyAdd);
  } else {
    const values = output.elements as Int32Array | Uint8Array;
    const multiplyAdd = (t: number, x: number, y: number): number => (t + Math.imul(x, y)) | 0;
    multiplyLoops(readValues(expandedA), readValues(expandedB), values, sizes, 0, multiplyAdd);
  }
};

function readIntegers(x: Tensor): bigint[] {
  const values: ArrayLike<number | bigint> = x.dataSync();
  return Array.from(values, BigInt);
}

interface Sequence<T> {
  readonly length: number;
  [index: number]: T;
}

function multiplyLoops<T>(
  a: Readonly<Sequence<T>>,
  b: Readonly<Sequence<T>>,
  out: Sequence<T>,
  { m, k, n }: { readonly m: number; readonly k: number; readonly n: number },
  zero: T,
  multiplyAdd: (total: T, x: T, y: T) => T,
): void {
  for (let s = 0, batch = 0; s < out.length; s += m * n, batch++) {
    const [aStart, bStart] = [batch * m * k, batch * k * n];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = zero;
        for (let p = 0; p < k; p++) total = multiplyAdd(total, a[aStart + i * k + p], b[bStart + p * n + j]);
        out[s + i * n + j] = total;
      }
    }
  }
}
