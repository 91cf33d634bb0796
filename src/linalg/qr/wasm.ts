import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import { showShape } from "../../shape/dim.js";
import { requireFinite } from "../common/matrix.js";
import { arenaValues, chunkOf, deliver, receive, reserveBlocks, workspaceFor } from "../common/workspace.js";
import type { QrAttributes } from "./reference.js";

/** Blocked Householder QR, many matrices a call: assembly/linalg/qr-batch.ts. */
export const qrWasm: Kernel<QrAttributes> = ([a], outputs, { mode, pivoting }) => {
  const work = workspaceFor(a);
  if (work === undefined) return false;
  const { exports, values, double } = work;
  const [m, n] = a.sizes.slice(-2);
  const height = mode === "complete" ? m : Math.min(m, n);
  const width = mode === "r" ? 0 : height;
  const count = a.sizes.slice(0, -2).reduce((x, y) => x * y, 1);
  const bytes = double ? 8 : 4;
  const chunk = chunkOf(count, bytes * (m * n + m * width + height * n));
  const scratch = double ? exports.qrBatchScratchF64(m, n, width) : exports.qrBatchScratchF32(m, n, width);
  const [aAt, qAt, rAt, orderAt, scratchAt] = reserveBlocks(work, [
    chunk * m * n * bytes,
    chunk * m * width * bytes,
    chunk * height * n * bytes,
    pivoting ? chunk * n * 4 : 0,
    scratch,
  ]);
  const run = double ? exports.qrBatchF64 : exports.qrBatchF32;
  const memory = arenaValues(work);
  const orders = new Int32Array(memory.buffer);
  const [q, r] = mode === "r" ? [undefined, outputs[0]] : outputs;
  const qValues = q && receive(q);
  const rValues = receive(r);
  for (let first = 0; first < count; first += chunk) {
    const matrices = Math.min(chunk, count - first);
    const take = (at: number, each: number) => memory.subarray(at / bytes, at / bytes + matrices * each);
    memory.set(values.subarray(first * m * n, (first + matrices) * m * n), aAt / bytes);
    const status = run(matrices, m, n, width, height, aAt, qAt, rAt, pivoting ? orderAt : 0, scratchAt);
    if (status > 0) requireFinite("qr", a, values);
    if (status < 0) {
      const problem = `qr: R of ${showShape(a.dims)} overflows ${a.dtype}: scale the matrix down`;
      throw new LinAlgError(problem, { op: "qr", shape: a.dims });
    }
    qValues?.set(take(qAt, m * width), first * m * width);
    rValues.set(take(rAt, height * n), first * height * n);
    if (!pivoting) continue;
    const order = orders.subarray(orderAt / 4, orderAt / 4 + matrices * n);
    (outputs.at(-1)!.elements as Int32Array).set(order, first * n);
  }
  if (q && qValues) deliver(q, qValues);
  deliver(r, rValues);
};
