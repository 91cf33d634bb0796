import type { Kernel } from "../../op/define.js";
import { requireFinite } from "../common/matrix.js";
import { finiteRows, putRows, rowStride, takeRows } from "../common/staging.js";
import { overflow, pivotError, requireInRange } from "../common/systems.js";
import { arenaValues, chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../common/workspace.js";

/** A⁻¹ = U⁻¹·L⁻¹·Pᵀ from the recursive LU, many matrices a call: assembly/linalg/solve.ts. */
export const invWasm: Kernel<undefined> = ([a], [y]) => {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  const n = a.sizes.at(-1)!;
  if (a.size === 0) return;
  const count = a.size / (n * n);
  const bytes = double ? 8 : 4;
  const stride = rowStride(n, bytes);
  const size = n * stride * bytes;
  const chunk = chunkOf(count, 2 * size);
  const scratch = double ? exports.inverseScratchF64(n) : exports.inverseScratchF32(n);
  const [at, yAt, scratchAt] = reserveBlocks(work, [chunk * size, chunk * size, scratch]);
  const run = double ? exports.inverseF64 : exports.inverseF32;
  const memory = arenaValues(work);
  const results = receive(y);
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    putRows(memory, at / bytes, stride, values, first * n * n, matrices * n, n);
    if (!finiteRows(work, matrices * n, n, at, stride)) requireFinite("inv", a, values);
    const zero = run(matrices, n, at, stride, yAt, scratchAt);
    if (zero >= 0) {
      throw pivotError("inv", a, { index: first + Math.floor(zero / n), pivot: zero % n, value: 0 });
    }
    if (!finiteRows(work, matrices * n, n, yAt, stride)) throw overflow("inv", a, y.dtype);
    takeRows(memory, yAt / bytes, stride, results, first * n * n, matrices * n, n);
  }
  deliver(y, results);
  if (results !== y.elements) requireInRange("inv", a, y);
};
