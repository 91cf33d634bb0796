import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "../matrix.js";
import { arenaValues, chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../workspace.js";
import type { SvdAttributes } from "./reference.js";

/** Bidiagonal reduction, divide and conquer, many matrices a call: assembly/linalg/svd/svd.ts. */
export const svdWasm: Kernel<SvdAttributes> = ([a], [u, s, vh], { fullMatrices, algorithm }) => {
  if (algorithm === "jacobi") return false;
  const [m, n] = a.sizes.slice(-2);
  return decompose("svd", a, fullMatrices ? Math.max(m, n) : Math.min(m, n), u, s, vh);
};

/** As `svdWasm`, without singular vectors. */
export const svdvalsWasm: Kernel<undefined> = ([a], [s]) =>
  decompose("svdvals", a, 0, undefined, s, undefined);

/** `width` singular vectors on the longer side of every matrix, or none on either for 0. */
function decompose(
  op: string,
  a: Tensor,
  width: number,
  u: Tensor | undefined,
  s: Tensor,
  vh: Tensor | undefined,
): void | false {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  requireFinite(op, a, values);
  const [rows, columns] = a.sizes.slice(-2);
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  if (short === 0) return false; // U and Vh are empty or identities
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  const each = {
    a: rows * columns,
    u: u === undefined ? 0 : u.sizes.slice(-2).reduce((x, y) => x * y, 1),
    s: short,
    vh: vh === undefined ? 0 : vh.sizes.slice(-2).reduce((x, y) => x * y, 1),
  };
  const bytes = double ? 8 : 4;
  const chunk = chunkOf(count, bytes * (each.a + each.u + each.s + each.vh));
  const [aAt, uAt, sAt, vhAt, scratch] = reserveBlocks(work, [
    chunk * each.a * bytes,
    chunk * each.u * bytes,
    chunk * each.s * bytes,
    chunk * each.vh * bytes,
    double ? exports.svdScratchF64(long, short, width) : exports.svdScratchF32(long, short, width),
  ]);
  const run = double ? exports.svdF64 : exports.svdF32;
  const memory = arenaValues(work);
  const results = [
    { output: u, at: uAt, size: each.u },
    { output: s, at: sAt, size: each.s },
    { output: vh, at: vhAt, size: each.vh },
  ].flatMap(({ output, at, size }) =>
    output === undefined ? [] : [{ output, at, size, to: receive(output) }],
  );
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    memory.set(values.subarray(first * each.a, (first + matrices) * each.a), aAt / bytes);
    const failed = run(matrices, long, short, width, rows < columns, aAt, uAt, sAt, vhAt, scratch);
    if (failed > 0) {
      throw new LinAlgError(
        `${op}: the QR iteration on matrix ${first + failed - 1} of ${showShape(a.dims)} does not converge; ` +
          `svd with algorithm "jacobi" may`,
        { op, shape: a.dims },
      );
    }
    for (const { at, size, to } of results) {
      to.set(memory.subarray(at / bytes, at / bytes + matrices * size), first * size);
    }
  }
  for (const { output, to } of results) deliver(output, to);
}
