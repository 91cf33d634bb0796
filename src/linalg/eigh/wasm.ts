import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireFinite } from "../common/matrix.js";
import { arenaValues, chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../common/workspace.js";
import type { EighAttributes, Triangle } from "./reference.js";

/** Tridiagonal reduction, divide and conquer, back-transformation: assembly/linalg/symmetric/eigh.ts. */
export const eighWasm: Kernel<EighAttributes> = ([a], [values, vectors], { uplo }) =>
  solveSymmetric("eigh", a, values, vectors, uplo);

/** Symmetric eigenproblems, many a call: the values alone, in no order, without `vectors`. */
export function solveSymmetric(
  op: "eigh" | "eigvalsh",
  a: Tensor,
  eigenvalues: Tensor,
  vectors: Tensor | undefined,
  uplo: Triangle,
): void | false {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  const n = a.sizes.at(-1)!;
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  const bytes = double ? 8 : 4;
  const chunk = chunkOf(count, bytes * n * (n + 1));
  const type = double ? "F64" : "F32";
  const scratch = exports[`${op}Scratch${type}`](n);
  const blocks = [chunk * n * n * bytes, chunk * n * bytes, scratch];
  const [matricesAt, valuesAt, scratchAt] = reserveBlocks(work, blocks);
  const memory = arenaValues(work);
  const [outValues, outVectors] = [receive(eigenvalues), vectors && receive(vectors)];
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    const take = (at: number, each: number) => memory.subarray(at / bytes, at / bytes + matrices * each);
    memory.set(values.subarray(first * n * n, (first + matrices) * n * n), matricesAt / bytes);
    const status = exports[`${op}${type}`](matrices, n, matricesAt, valuesAt, uplo === "L", scratchAt);
    if (status > 0) requireFinite(op, a, values);
    if (status < 0) {
      const index = first - 1 - status;
      const which = count === 1 ? "" : ` of matrix ${index}`;
      const problem = `${op}: no convergence on [${n}, ${n}]${which}; try it in float64`;
      throw new LinAlgError(problem, { op, shape: [n, n], index });
    }
    outValues.set(take(valuesAt, n), first * n);
    outVectors?.set(take(matricesAt, n * n), first * n * n);
  }
  if (vectors === undefined) for (let i = 0; i < count; i++) outValues.subarray(i * n, (i + 1) * n).sort();
  deliver(eigenvalues, outValues);
  if (vectors && outVectors) deliver(vectors, outVectors);
}
