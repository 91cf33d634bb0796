// Lintel on the machine's BLAS, through its public functions.
import { basename } from "node:path";
import { engines, matmul, tensor } from "../../dist/index.js";

const [status] = engines();
if (!status.available) throw new Error(status.summary);

const { config, library, path } = status.native;
export const name = `Lintel (${config ?? library}, ${basename(path)})`;
export const synchronous = true;
export const values = (product) => product.dataSync();

export function prepare({ a, b, edge }) {
  const left = tensor(a, { shape: [edge, edge] });
  const right = tensor(b, { shape: [edge, edge] });
  return () => matmul(left, right);
}
