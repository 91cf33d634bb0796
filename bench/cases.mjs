// What is measured. Every case is plain data: it travels to the peers' processes, which make the same operands.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Uniform on [−1, 1): mulberry32, so that every peer computes with the same numbers in every run. */
export function randomArray(length, seed, Type = Float32Array) {
  const data = new Type(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    data[i] = Math.fround(((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1);
  }
  return data;
}

/** How the operands of a product lie in memory; `strided`: A is every second row and column of a larger matrix. */
const layouts = {
  "A·B": {},
  "A·Bᵀ": { b: "transposed" },
  "Aᵀ·B": { a: "transposed" },
  "strided A·B": { a: "strided" },
};

/** A product [batch, m, k] · [batch, k, n]. */
const product = (title, m, n, k, options = {}) => ({
  kind: "product",
  title,
  unit: "GFLOP/s",
  work: 2 * (options.batch ?? 1) * m * n * k,
  m,
  n,
  k,
  batch: 1,
  dtype: "float32",
  layout: {},
  ...options,
});

const square = (n, layout = "A·B", dtype = "float32") =>
  product(`${dtype === "float64" ? "float64 " : ""}${layout}, ${n}`, n, n, n, {
    dtype,
    layout: layouts[layout],
  });

/** A function of 16M float32 elements, as 32,768 rows of 512. */
const map = (op) => ({
  kind: "map",
  title: `${op}, 16M`,
  unit: "ns/element",
  op,
  rows: 32768,
  columns: 512,
  work: 2 ** 24,
});

/** One layer of BERT-base: one sequence of 512 tokens. */
const layer = {
  kind: "layer",
  title: "BERT-base layer, 512 tokens",
  unit: "ms",
  tokens: 512,
  width: 768,
  inner: 3072,
  heads: 12,
};

const folder = fileURLToPath(new URL("../../shared/data/weights/stories260K-hf", import.meta.url));
const tokens = 200;
const greedy = {
  kind: "greedy",
  title: "stories260K, greedy",
  unit: "tokens/s",
  work: tokens,
  folder,
  prompt: [1],
  tokens,
};

/** Edges of the square matrices. */
export const edges = [16, 64, 128, 256, 512, 1024, 2048, 4096];
const others = [256, 512, 1024];

const batched = product("384 × [512×64]·[64×512]", 512, 512, 64, { batch: 384 });
const transformer = [768, 3072].map((n) => product(`512×768×${n}`, 512, n, 768));

export const kernelCases = (sizes = edges) => [
  ...sizes.map((n) => square(n)),
  // At 4096 two peers take over a minute for a transposed operand.
  ...sizes.filter((n) => n >= 64 && n <= 2048).map((n) => square(n, "A·Bᵀ")),
  ...others.map((n) => square(n, "Aᵀ·B")),
  ...others.map((n) => square(n, "strided A·B")),
  ...transformer,
  ...[256, 512, 1024].map((n) => square(n, "A·B", "float64")),
];

/** Results of 64 MB and more: fresh memory costs as much as the arithmetic. */
export const largeCases = () => [batched, ...["exp", "gelu", "softmax"].map(map)];

export const nativeCases = (sizes = [256, 384, 512, 768, 1024, 1536, 2048, 4096]) => [
  ...sizes.map((n) => square(n)),
  ...[512, 1024].map((n) => square(n, "A·Bᵀ")),
  ...transformer,
  ...sizes.filter((n) => n <= 2048).map((n) => square(n, "A·B", "float64")),
  layer,
];

/** A model's layer, and a whole small model where its weights are at hand. */
export const modelCases = () => [layer, ...(existsSync(folder) ? [greedy] : [])];

const factor = (op, title, options) => ({
  kind: "factor",
  op,
  title,
  unit: "ms",
  dtype: "float32",
  batch: 1,
  columns: options.rows,
  ...options,
});

export const decompositionCases = () => [
  factor("svd", "svd 512×512", { rows: 512 }),
  factor("svd", "svd 768×768", { rows: 768 }),
  factor("svd", "svd 768×3072, thin", { rows: 768, columns: 3072 }),
  factor("svdvals", "svdvals 768×768", { rows: 768 }),
  factor("eigh", "eigh 512", { rows: 512, symmetric: true }),
  factor("eigh", "eigh 768", { rows: 768, symmetric: true }),
  factor("eigvalsh", "eigvalsh 768", { rows: 768, symmetric: true }),
  factor("qr", "qr 512×512", { rows: 512 }),
  factor("qr", "qr 2048×512", { rows: 2048, columns: 512 }),
  factor("cholesky", "cholesky 512", { rows: 512, symmetric: "definite" }),
  factor("cholesky", "cholesky 1024", { rows: 1024, symmetric: "definite" }),
  factor("solve", "solve 512, 512 right sides", { rows: 512, rightSides: 512 }),
  factor("solve", "solve 1024, 1024 right sides", { rows: 1024, rightSides: 1024 }),
  factor("inv", "inv 512", { rows: 512, symmetric: "definite" }),
  factor("lu", "lu 512", { rows: 512 }),
  factor("slogdet", "slogdet 512", { rows: 512 }),
  factor("lstsq", "lstsq 512, 512 right sides", { rows: 512, symmetric: "definite", rightSides: 512 }),
  factor("pinv", "pinv 512", { rows: 512, symmetric: "definite" }),
  // NumPy computes float32 in float64 all the same.
  factor("svd", "svd 768×768, float64", { rows: 768, dtype: "float64" }),
  factor("eigh", "eigh 768, float64", { rows: 768, symmetric: true, dtype: "float64" }),
  factor("qr", "qr 2048×512, float64", { rows: 2048, columns: 512, dtype: "float64" }),
  factor("cholesky", "cholesky 1024, float64", { rows: 1024, symmetric: "definite", dtype: "float64" }),
  factor("solve", "solve 1024, 1024 right sides, float64", {
    rows: 1024,
    rightSides: 1024,
    dtype: "float64",
  }),
  factor("eig", "eig 256, float64", { rows: 256, dtype: "float64" }),
  factor("eig", "eig 512, float64", { rows: 512, dtype: "float64" }),
  factor("svdLowrank", "svdLowrank 768×3072, rank 64", { rows: 768, columns: 3072, rank: 64, iterations: 2 }),
  factor("svd", "1,000 × svd 16×16", { rows: 16, batch: 1000 }),
  factor("slogdet", "1,000 × slogdet 16×16", { rows: 16, batch: 1000 }),
];

const typeOf = (dtype) => (dtype === "float64" ? Float64Array : Float32Array);

/** The operands of a product, a map or a factorisation, as they lie in memory. */
export function operands({ kind, m, n, k, rows, columns, dtype, batch, layout, symmetric, rightSides }) {
  const Type = typeOf(dtype);
  if (kind === "map") return [randomArray(rows * columns, 1)];
  if (kind === "product") {
    const gaps = layout.a === "strided" ? 4 : 1;
    return [randomArray(gaps * batch * m * k, m, Type), randomArray(batch * k * n, m + 1, Type)];
  }
  const a = randomArray(batch * rows * columns, rows, Type);
  if (symmetric) symmetrize(a, rows, symmetric === "definite" ? rows : 0);
  return rightSides === undefined ? [a] : [a, randomArray(rows * rightSides, rows + 1, Type)];
}

/** (A + Aᵀ)/2 + shift·I. */
function symmetrize(a, n, shift) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i] = (a[i * n + j] + a[j * n + i]) / 2;
    a[i * n + i] += shift;
  }
}

/** Shapes of a layer's parameters; weights [out, in]. */
export const layerShapes = ({ width: d, inner }) => ({
  query: [d, d],
  queryBias: [d],
  key: [d, d],
  keyBias: [d],
  value: [d, d],
  valueBias: [d],
  output: [d, d],
  outputBias: [d],
  up: [inner, d],
  upBias: [inner],
  down: [d, inner],
  downBias: [d],
});

/** Input and parameters of a layer; both LayerNorms have weight 1 and bias 0. */
export function layerOperands(testCase) {
  const { tokens: length, width } = testCase;
  const parameters = Object.entries(layerShapes(testCase)).map(([name, shape], i) => {
    const data = randomArray(
      shape.reduce((a, b) => a * b),
      100 + i,
    );
    return [name, data.map((x) => x * 0.05)];
  });
  return { x: randomArray(length * width, 99), ...Object.fromEntries(parameters) };
}
