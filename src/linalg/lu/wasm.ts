import type { Kernel } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "../common/matrix.js";
import { finiteRows, putRows, rowStride } from "../common/staging.js";
import { overflow } from "../common/systems.js";
import {
  arenaValues,
  chunkOf,
  deliver,
  receive,
  reserveBlocks,
  workspaceFor,
  type Values,
  type Workspace,
} from "../common/workspace.js";

/** Some factored matrices of a batch, in the arena. */
export interface Factored {
  /** Place of the first one in the batch, and their number. */
  readonly first: number;
  readonly matrices: number;
  readonly memory: Values;
  /** Address of the packed factors, and elements between their rows. */
  readonly at: number;
  readonly stride: number;
  /** swaps[matrices, min(m, n)]: with which row each was exchanged. */
  readonly swaps: Int32Array;
  /** Address of room for `extra` bytes a matrix. */
  readonly extraAt: number;
}

/** Factors every matrix of a batch and shows them to `use`, a few at a time. Returns false without WebAssembly. */
export function eachFactored(
  op: string,
  a: Tensor,
  extra: number,
  use: (work: Workspace, factored: Factored) => void,
): void | false {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  const bytes = double ? 8 : 4;
  const stride = rowStride(n, bytes);
  const chunk = chunkOf(count, bytes * m * stride + extra);
  const scratch = double ? exports.luScratchF64(m, n) : exports.luScratchF32(m, n);
  const [at, swapsAt, extraAt, scratchAt] = reserveBlocks(work, [
    chunk * m * stride * bytes,
    chunk * k * 4,
    chunk * extra,
    scratch,
  ]);
  const run = double ? exports.luF64 : exports.luF32;
  const memory = arenaValues(work);
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    putRows(memory, at / bytes, stride, values, first * m * n, matrices * m, n);
    if (!finiteRows(work, matrices * m, n, at, stride)) requireFinite(op, a, values);
    run(matrices, m, n, at, stride, swapsAt, scratchAt);
    if (!finiteRows(work, matrices * m, n, at, stride)) throw overflow(op, a, a.dtype);
    const swaps = new Int32Array(memory.buffer, swapsAt, matrices * k);
    use(work, { first, matrices, memory, at, stride, swaps, extraAt });
  }
}

/** Recursive LU, many matrices a call: assembly/linalg/lu.ts. */
export const luWasm: Kernel<undefined> = ([a], [p, l, u, permutation]) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const [pValues, lValues, uValues] = [p, l, u].map(receive);
  const order = permutation.elements as Int32Array;
  const bytes = a.dtype === "float64" ? 8 : 4;
  const ran = eachFactored("lu", a, bytes * (m * k + k * n), (work, factored) => {
    const { first, matrices, memory, at, stride, swaps, extraAt } = factored;
    const unpack = work.double ? work.exports.luUnpackF64 : work.exports.luUnpackF32;
    const uAt = extraAt + matrices * m * k * bytes;
    unpack(matrices, m, n, at, stride, extraAt, uAt);
    const copyOut = (values: Values, from: number, size: number): void =>
      values.set(memory.subarray(from / bytes, from / bytes + matrices * size), first * size);
    copyOut(lValues, extraAt, m * k);
    copyOut(uValues, uAt, k * n);
    for (let g = 0; g < matrices; g++) {
      const start = (first + g) * m;
      followSwaps(order, start, m, swaps, g * k, k);
      for (let i = 0; i < m; i++) pValues[(start + order[start + i]) * m + i] = 1;
    }
  });
  if (ran === false) return false;
  deliver(p, pValues);
  deliver(l, lValues);
  deliver(u, uValues);
};

/** Writes the order of m rows after k exchanges. */
function followSwaps(
  order: Int32Array,
  start: number,
  m: number,
  swaps: Int32Array,
  from: number,
  k: number,
): void {
  for (let i = 0; i < m; i++) order[start + i] = i;
  for (let i = 0; i < k; i++) {
    const other = start + swaps[from + i];
    const held = order[start + i];
    order[start + i] = order[other];
    order[other] = held;
  }
}
