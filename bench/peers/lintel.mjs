// Lintel through its public functions: tensors in, a new tensor out, copies to and from WASM included. The elements of
// a tensor lie in JavaScript's memory, so reading them is not timed.
import { engineStatus, whenThreadsReady } from "../../dist/kernels/index.js";
import { gelu, matmul, softmax, exp, tensor } from "../../dist/index.js";
import { operands } from "../cases.mjs";

export const synchronous = true;
export const values = (y) => y.dataSync();

export async function start() {
  await whenThreadsReady();
  const { build, threads } = engineStatus();
  return `Lintel, ${build} SIMD, ${threads} thread${threads > 1 ? "s" : ""}`;
}

const maps = { exp, gelu, softmax: (x) => softmax(x, -1) };

export function prepare(testCase) {
  const { kind, batch, m, n, k, transposeB, op, rows, columns } = testCase;
  const [first, second] = operands(testCase);
  if (kind === "map") {
    const x = tensor(first, { shape: [rows, columns] });
    return () => maps[op](x);
  }
  const lead = batch === 1 ? [] : [batch];
  const a = tensor(first, { shape: [...lead, m, k] });
  const b = tensor(second, { shape: [...lead, ...(transposeB ? [n, k] : [k, n])] });
  return () => matmul(a, transposeB ? b.transpose(-2, -1) : b);
}
