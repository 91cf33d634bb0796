import { LinAlgError } from "../../base/errors.js";
import type { LinalgExports, SvdKernel } from "../../kernels/linalg-exports.js";
import type { Kernel } from "../../op/define.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "../common/matrix.js";
import { chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../common/workspace.js";
import type { SvdAlgorithm, SvdAttributes } from "./reference.js";

/** Many matrices a call: assembly/linalg/svd/svd.ts, or jacobi.ts. */
export const svdWasm: Kernel<SvdAttributes> = ([a], [u, s, vh], { fullMatrices, algorithm }) => {
  const [m, n] = a.sizes.slice(-2);
  return decompose("svd", a, fullMatrices ? Math.max(m, n) : Math.min(m, n), u, s, vh, algorithm);
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
  algorithm: SvdAlgorithm = "divide-and-conquer",
): void | false {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, arena, values } = work;
  const jacobi = algorithm === "jacobi";
  const double = jacobi || work.double;
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
  const kernel = kernelOf(exports, double, jacobi);
  const bytes = double ? 8 : 4;
  const chunk = chunkOf(count, bytes * (each.a + each.u + each.s + each.vh));
  const [aAt, uAt, sAt, vhAt, scratch] = reserveBlocks(work, [
    chunk * each.a * bytes,
    chunk * each.u * bytes,
    chunk * each.s * bytes,
    chunk * each.vh * bytes,
    kernel.scratch(long, short, width),
  ]);
  const memory = double ? arena.f64 : arena.f32;
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
    const failed = kernel.run(matrices, long, short, width, rows < columns, aAt, uAt, sAt, vhAt, scratch);
    if (failed > 0) {
      const place = `on matrix ${first + failed - 1} of ${showShape(a.dims)}`;
      const problem = jacobi
        ? `${op}: no convergence ${place}: Jacobi sweeps do not settle; scale the matrix`
        : `${op}: no convergence ${place}: the QR iteration does not settle; svd with algorithm "jacobi" may`;
      throw new LinAlgError(problem, { op, shape: a.dims });
    }
    for (const { at, size, to } of results) {
      to.set(memory.subarray(at / bytes, at / bytes + matrices * size), first * size);
    }
  }
  for (const { output, to } of results) deliver(output, to);
}

/** The export that decomposes, and how much scratch it needs for one matrix. */
function kernelOf(
  exports: LinalgExports,
  double: boolean,
  jacobi: boolean,
): { run: SvdKernel; scratch: (m: number, n: number, width: number) => number } {
  if (jacobi)
    return { run: exports.jacobiSvd, scratch: (m, n, width) => exports.jacobiSvdScratch(m, n, width) };
  if (double) return { run: exports.svdF64, scratch: (m, n, width) => exports.svdScratchF64(m, n, width) };
  return { run: exports.svdF32, scratch: (m, n, width) => exports.svdScratchF32(m, n, width) };
}
