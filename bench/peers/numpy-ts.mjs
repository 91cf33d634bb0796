// numpy-ts, which chooses its WASM kernels by itself.
import { readFileSync } from "node:fs";
import * as np from "numpy-ts";
import { operands } from "../cases.mjs";

export const synchronous = true;

export function start() {
  np.configureWasm({ maxMemory: 2 ** 30 }); // 256 MiB by default, which the batched case exceeds
  const manifest = new URL("../node_modules/numpy-ts/package.json", import.meta.url);
  return `numpy-ts ${JSON.parse(readFileSync(manifest, "utf8")).version}`;
}

let held = [];

/** Results lie in its WASM memory; they are copied out and disposed, without which it falls back to JavaScript. */
function read(y) {
  const data = y.data.slice();
  y.dispose();
  return data;
}

/** Results of its decompositions are read and disposed outside: they are small. */
const factorizations = {
  svd: (a) => np.linalg.svd(a).s.data,
  svdvals: (a) => np.linalg.svdvals(a).data,
  eigh: (a) => np.linalg.eigh(a).w.data,
  eigvalsh: (a) => np.linalg.eigvalsh(a).data,
  qr: (a) => diagonal(np.linalg.qr(a).r),
  cholesky: (a) => np.linalg.cholesky(a).data,
  solve: (a, b) => np.linalg.solve(a, b).data,
  inv: (a) => np.linalg.inv(a).data,
  slogdet: (a) => [np.linalg.slogdet(a).logabsdet], // its lstsq and pinv take eight seconds
};

const diagonal = (r) => {
  const [rows, columns] = r.shape;
  return Float64Array.from({ length: Math.min(rows, columns) }, (_, i) => Math.abs(r.data[i * columns + i]));
};

/** Elements beyond which its decompositions take many seconds. */
const MOST_ELEMENTS = 512 * 512;

export function prepare(testCase) {
  for (const old of held) old.dispose();
  held = [];
  const { kind, op, batch, m, n, k, dtype, layout, rows, columns, rightSides } = testCase;
  const known = {
    map: op === "exp",
    product: layout?.a !== "strided",
    factor: batch === 1 && op in factorizations && rows * columns <= MOST_ELEMENTS,
  };
  if (known[kind] !== true) return undefined; // it has neither gelu nor softmax
  const [first, second] = operands(testCase);
  const array = (data, type, shape) => {
    const flat = np.array(data, type);
    const shaped = flat.reshape(...shape);
    held.push(shaped, flat);
    return shaped;
  };
  if (kind === "map") {
    const x = array(first, "float32", [rows, columns]);
    return () => read(np.exp(x));
  }
  if (kind === "factor") {
    const a = array(first, dtype, [rows, columns]);
    const b = rightSides && array(second, dtype, [rows, rightSides]);
    return () => factorizations[op](a, b);
  }
  const lead = batch > 1 ? [batch] : [];
  const stored = (data, turned, r, c) => {
    const x = array(data, dtype, [...lead, ...(turned ? [c, r] : [r, c])]);
    return turned ? x.transpose() : x;
  };
  const a = stored(first, layout.a === "transposed", m, k);
  const b = stored(second, layout.b === "transposed", k, n);
  return () => read(a.matmul(b));
}
