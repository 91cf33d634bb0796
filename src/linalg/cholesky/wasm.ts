import type { Kernel } from "../../op/define.js";
import { requireFinite } from "../common/matrix.js";
import { finiteRows, putRows, rowStride, takeRows } from "../common/staging.js";
import { pivotError } from "../common/systems.js";
import { arenaValues, chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../common/workspace.js";
import { keepTriangles, type CholeskyAttributes } from "./reference.js";

/** Recursive Cholesky, many matrices a call: assembly/linalg/cholesky.ts. */
export const choleskyWasm: Kernel<CholeskyAttributes> = ([a], [y], { upper }) => {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  const n = a.sizes.at(-1)!;
  if (a.size === 0) return;
  const count = a.size / (n * n);
  const bytes = double ? 8 : 4;
  const stride = rowStride(n, bytes);
  const chunk = chunkOf(count, bytes * n * stride);
  const scratch = double ? exports.choleskyScratchF64(n) : exports.choleskyScratchF32(n);
  const [at, scratchAt] = reserveBlocks(work, [chunk * n * stride * bytes, scratch]);
  const run = double ? exports.choleskyF64 : exports.choleskyF32;
  const memory = arenaValues(work);
  const results = receive(y);
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    putRows(memory, at / bytes, stride, values, first * n * n, matrices * n, n);
    // The other triangle is never read: NaN there is no error.
    if (!finiteRows(work, matrices * n, n, at, stride)) {
      requireFinite("cholesky", a, keepTriangles(values.slice(), n, upper));
    }
    const failed = run(matrices, n, at, stride, upper, scratchAt);
    if (failed >= 0) {
      const [index, pivot] = [Math.floor(failed / n), failed % n];
      const value = memory[at / bytes + (index * n + pivot) * stride + pivot];
      throw pivotError("cholesky", a, { index: first + index, pivot, value });
    }
    takeRows(memory, at / bytes, stride, results, first * n * n, matrices * n, n);
  }
  deliver(y, results);
};
