// @jax-js/jax on its WASM backend, jitted, as its documentation advises. Operations consume their operands: `.ref` keeps one.
import { readFileSync } from "node:fs";
import { defaultDevice, init, jit, lax, nn, numpy as np } from "@jax-js/jax";
import { layerOperands, layerShapes, operands } from "../cases.mjs";

export const synchronous = true;

export async function start() {
  await init("wasm");
  defaultDevice("wasm");
  const manifest = new URL("../node_modules/@jax-js/jax/package.json", import.meta.url);
  return `jax-js ${JSON.parse(readFileSync(manifest, "utf8")).version}`;
}

let held = [];

const array = (data, shape, dtype = "float32") => np.array(data, { dtype }).reshape(shape);

/** `compute` on operands that stay alive, from call to call. */
function keep(compute, ...given) {
  held = given;
  return () => compute(...given.map((x) => x.ref)).dataSync();
}

const maps = {
  exp: jit((x) => np.exp(x)),
  gelu: jit((x) => nn.gelu(x, { approximate: false })),
  softmax: jit((x) => nn.softmax(x, -1)),
};

const product = jit((a, b) => np.matmul(a, b));
const productTransposed = jit((a, b) => np.matmul(a, b.transpose()));

/** Singular values (and so on) of the decompositions that it has; the vectors are computed and dropped. */
const factorizations = {
  svd(a) {
    const [u, s, vh] = np.linalg.svd(a, { fullMatrices: false });
    u.dispose();
    vh.dispose();
    return s;
  },
  svdvals: (a) => np.linalg.svdvals(a),
  eigh(a) {
    const [values, vectors] = np.linalg.eigh(a);
    vectors.dispose();
    return values;
  },
  eigvalsh: (a) => np.linalg.eigvalsh(a),
  cholesky: (a) => np.linalg.cholesky(a),
  solve: (a, b) => np.linalg.solve(a, b),
  inv: (a) => np.linalg.inv(a),
  lu(a) {
    const [factors, pivots, permutation] = lax.linalg.lu(a);
    pivots.dispose();
    permutation.dispose();
    return np.abs(np.diagonal(factors));
  },
  slogdet(a) {
    const [sign, logMagnitude] = np.linalg.slogdet(a);
    sign.dispose();
    return logMagnitude;
  },
  lstsq: (a, b) => np.linalg.lstsq(a, b),
};

/** Elements beyond which its decompositions take many seconds. */
const MOST_ELEMENTS = 512 * 512;

export function prepare(testCase) {
  for (const old of held) old.dispose();
  held = [];
  const { kind, dtype, batch, m, n, k, layout, op, rows, columns, rightSides } = testCase;
  if (kind === "layer") return layer(testCase);
  if (kind === "greedy" || dtype === "float64") return undefined;
  const [first, second] = operands(testCase);
  const lead = batch > 1 ? [batch] : [];
  if (kind === "map") return keep(maps[op], array(first, [rows, columns]));
  if (kind === "factor") {
    if (factorizations[op] === undefined || batch > 1 || rows * columns > MOST_ELEMENTS) return undefined;
    const a = array(first, [...lead, rows, columns]);
    return keep(factorizations[op], ...(rightSides ? [a, array(second, [rows, rightSides])] : [a]));
  }
  if (layout.a !== undefined) return undefined;
  const a = array(first, [...lead, m, k]);
  if (layout.b === "transposed") return keep(productTransposed, a, array(second, [n, k]));
  return keep(product, a, array(second, [...lead, k, n]));
}

/** A layer whose parameters travel as operands, in the order of `layerShapes`. */
function layer(testCase) {
  const { tokens, width: d, heads } = testCase;
  const { x, ...parameters } = layerOperands(testCase);
  const shapes = layerShapes(testCase);
  const names = Object.keys(shapes);
  const linear = (y, W, b) => np.matmul(y, W.transpose()).add(b);
  const normalize = (y) => nn.standardize(y, -1, { epsilon: 1e-12 });
  const split = (y) => y.reshape([tokens, heads, d / heads]);
  const forward = jit((input, ...given) => {
    const w = Object.fromEntries(names.map((name, i) => [name, given[i]]));
    const [q, k, v] = ["query", "key", "value"].map((name) =>
      split(linear(input.ref, w[name], w[`${name}Bias`])),
    );
    const mixed = nn.dotProductAttention(q, k, v).reshape([tokens, d]);
    const h = normalize(input.add(linear(mixed, w.output, w.outputBias)));
    const inner = nn.gelu(linear(h.ref, w.up, w.upBias), { approximate: false });
    return normalize(h.add(linear(inner, w.down, w.downBias)));
  });
  return keep(forward, array(x, [tokens, d]), ...names.map((name) => array(parameters[name], shapes[name])));
}
