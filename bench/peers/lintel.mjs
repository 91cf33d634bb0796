// Lintel through its public functions: tensors in, a new tensor out, copies to and from WASM included. The elements of
// a tensor lie in JavaScript's memory, so reading them is not timed.
import { basename } from "node:path";
import * as lintel from "../../dist/index.js";
import { engineStatus, whenThreadsReady } from "../../dist/kernels/index.js";
import * as linalg from "../../dist/linalg/index.js";
import { generate, loadModel } from "../../dist/models/index.js";
import { selectNative } from "../../dist/native/index.js";
import { layerOperands, layerShapes, operands } from "../cases.mjs";

const { engines, exp, gelu, layerNorm, linear, matmul, scaledDotProductAttention, softmax, tensor } = lintel;

export let synchronous = true;

export async function start(threads, engine) {
  const status = engines().find(({ name }) => name === engine);
  if (!status?.available) throw new Error(status?.summary);
  if (engine === "native") {
    const { config, library, path } = status.native;
    return `Lintel (${config ?? library}, ${basename(path)}), ${threads} thread${threads > 1 ? "s" : ""}`;
  }
  selectNative("off");
  await whenThreadsReady();
  return `Lintel, ${engineStatus().build} SIMD, ${threads} thread${threads > 1 ? "s" : ""}`;
}

/** The elements that are compared, outside the time. */
export const read = (result) => (result.dataSync === undefined ? result : result.dataSync());

const maps = { exp, gelu, softmax: (x) => softmax(x, -1) };

const factorizations = {
  svd: (a) => linalg.svd(a).S,
  svdvals: (a) => linalg.svdvals(a),
  eigh: (a) => linalg.eigh(a).eigenvalues,
  eigvalsh: (a) => linalg.eigvalsh(a),
  qr: (a) => linalg.qr(a).R,
  cholesky: (a) => linalg.cholesky(a),
  solve: (a, b) => linalg.solve(a, b),
  inv: (a) => linalg.inv(a),
  lu: (a) => linalg.lu(a).U,
  slogdet: (a) => linalg.slogdet(a).logabsdet,
  lstsq: (a, b) => linalg.lstsq(a, b).solution,
  pinv: (a) => linalg.pinv(a),
  eig: (a) => linalg.eig(a).eigenvalues,
  svdLowrank: (a, _, { rank, iterations }) => linalg.svdLowrank(a, { rank, iterations, seed: 0 }).S,
};

const diagonalSizes = (R) => {
  const [n, columns] = R.shape;
  const data = R.dataSync();
  return Float64Array.from({ length: Math.min(n, columns) }, (_, i) => Math.abs(data[i * columns + i]));
};

/** What is compared of results that have signs or an order of their own. */
const comparable = {
  qr: diagonalSizes,
  lu: diagonalSizes,
  eig: ({ re, im }) => {
    const imaginary = im.dataSync();
    return Float64Array.from(re.dataSync(), (x, i) => Math.hypot(x, imaginary[i])).toSorted();
  },
};

export async function prepare(testCase) {
  const { kind } = testCase;
  synchronous = kind !== "greedy";
  if (kind === "greedy") return greedy(testCase);
  return kind === "layer" ? layer(testCase) : calculation(testCase);
}

function calculation(testCase) {
  const { kind, batch, m, n, k, layout, op, rows, columns, rightSides } = testCase;
  const [first, second] = operands(testCase);
  if (kind === "map") {
    const x = tensor(first, { shape: [rows, columns] });
    return () => maps[op](x);
  }
  const lead = batch === 1 ? [] : [batch];
  if (kind === "factor") {
    const a = tensor(first, { shape: [...lead, rows, columns] });
    const b = rightSides && tensor(second, { shape: [rows, rightSides] });
    const finish = comparable[op] ?? ((result) => result);
    return () => finish(factorizations[op](a, b, testCase));
  }
  const transposed = (data, r, c) => tensor(data, { shape: [...lead, c, r] }).transpose(-2, -1);
  let a;
  if (layout.a === "strided")
    a = tensor(first, { shape: [2 * m, 2 * k] })
      .slice(0, 0, 2 * m, 2)
      .slice(1, 0, 2 * k, 2);
  else if (layout.a === "transposed") a = transposed(first, m, k);
  else a = tensor(first, { shape: [...lead, m, k] });
  const b = layout.b === "transposed" ? transposed(second, k, n) : tensor(second, { shape: [...lead, k, n] });
  return () => matmul(a, b);
}

function layer(testCase) {
  const { tokens, width: d, heads } = testCase;
  const shapes = { x: [1, tokens, d], ...layerShapes(testCase) };
  const w = Object.fromEntries(
    Object.entries(layerOperands(testCase)).map(([name, data]) => [
      name,
      tensor(data, { shape: shapes[name] }),
    ]),
  );
  const [one, zero] = [lintel.ones([d]), lintel.zeros([d])];
  const normalize = (y) => layerNorm(y, one, zero, { eps: 1e-12 });
  const split = (y) => y.reshape([1, tokens, heads, d / heads]).transpose(1, 2);
  return () => {
    const [q, k, v] = ["query", "key", "value"].map((name) => split(linear(w.x, w[name], w[`${name}Bias`])));
    const mixed = scaledDotProductAttention(q, k, v).transpose(1, 2).reshape([1, tokens, d]);
    const h = normalize(w.x.add(linear(mixed, w.output, w.outputBias)));
    const inner = gelu(linear(h, w.up, w.upBias));
    return normalize(h.add(linear(inner, w.down, w.downBias)));
  };
}

async function greedy({ folder, prompt, tokens }) {
  const model = await loadModel(folder);
  return async () => Float64Array.from(await generate(model, prompt, { maxNewTokens: tokens }));
}
