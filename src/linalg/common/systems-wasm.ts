// Linear systems in the WebAssembly kernels: operands into the arena, solutions out of it, for solve and solveTriangular.
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "./matrix.js";
import { finiteRows, putRows, rowStride, valuesIn } from "./staging.js";
import { overflow, pivotError, planSystems, requireInRange } from "./systems.js";
import {
  arenaValues,
  chunkOf,
  deliver,
  receive,
  reserveBlocks,
  workspaceFor,
  type Values,
  type Workspace,
} from "./workspace.js";

/** Addresses and sizes of one call: x[count, each, n, k] := A⁻¹·x. */
export interface SystemCall {
  readonly count: number;
  readonly each: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly aRow: number;
  readonly x: number;
  readonly scratch: number;
}

export interface SystemKernel {
  readonly scratch: (work: Workspace, n: number, k: number) => number;
  /** Returns −1, or g·n + i for the zero pivot i of matrix g. */
  readonly run: (work: Workspace, call: SystemCall) => number;
  /** What of the matrices is read, with zeros elsewhere; all of it unless given. */
  readonly readOf?: (values: Values, n: number) => Values;
}

/** Solves all systems of a and b into y. Returns false, before writing, where WebAssembly is missing. */
export function solveSystems(
  op: string,
  [a, b]: readonly Tensor[],
  y: Tensor,
  kernel: SystemKernel,
): void | false {
  const work = workspaceFor(y);
  if (work === undefined) return false;
  const { double } = work;
  const { n, k, count, each, results, inOrder } = planSystems(a, b, y);
  if (y.size === 0 && (n === 0 || count === 0)) return;
  const bytes = double ? 8 : 4;
  const stride = rowStride(n, bytes);
  const chunk = chunkOf(count, bytes * n * (stride + each * k));
  const [at, xAt, scratchAt] = reserveBlocks(work, [
    chunk * n * stride * bytes,
    chunk * each * n * k * bytes,
    kernel.scratch(work, n, k),
  ]);
  const memory = arenaValues(work);
  const [left, right] = [valuesIn(a, double), valuesIn(b, double)];
  const solutions = receive(y);
  const size = n * k;
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    putRows(memory, at / bytes, stride, left, first * n * n, matrices * n, n);
    if (!finiteRows(work, matrices * n, n, at, stride)) {
      requireFinite(op, a, kernel.readOf?.(left.slice(), n) ?? left);
    }
    const [from, to] = [first * each, (first + matrices) * each];
    const x = xAt / bytes;
    if (inOrder) memory.set(right.subarray(from * size, to * size), x);
    else {
      for (let i = from; i < to; i++) {
        const start = results[i].rightSide * size;
        memory.set(right.subarray(start, start + size), x + (i - from) * size);
      }
    }
    const length = (to - from) * size;
    if (!finiteRows(work, 1, length, xAt, 0)) requireFinite(op, b, right);
    const call = { count: matrices, each, n, k, a: at, aRow: stride, x: xAt, scratch: scratchAt };
    const zero = kernel.run(work, call);
    if (zero >= 0)
      throw pivotError(op, a, { index: first + Math.floor(zero / n), pivot: zero % n, value: 0 });
    if (!finiteRows(work, 1, length, xAt, 0)) throw overflow(op, a, y.dtype);
    if (inOrder) solutions.set(memory.subarray(x, x + length), from * size);
    else {
      for (let i = from; i < to; i++) {
        const start = x + (i - from) * size;
        solutions.set(memory.subarray(start, start + size), results[i].place * size);
      }
    }
  }
  deliver(y, solutions);
  if (solutions !== y.elements) requireInRange(op, a, y);
}
