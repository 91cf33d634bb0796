// What is measured. Every case is plain data: it travels to the peers' processes, which make the same operands.

/** Uniform on [−1, 1): mulberry32, so that every peer computes with the same numbers in every run. */
export function randomArray(length, seed, Type = Float32Array) {
  const data = new Type(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    data[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return data;
}

export const randomMatrix = (edge, seed) => randomArray(edge * edge, seed);

/** Edges of the square matrices. */
export const edges = [64, 128, 256, 512, 1024, 2048];

/** A product [batch, m, k] · [batch, k, n]; with `transposeB`, B is stored as [n, k] (a linear layer's weight). */
const product = (title, m, n, k, options = {}) => ({
  kind: "product",
  title,
  m,
  n,
  k,
  batch: 1,
  dtype: "float32",
  transposeB: false,
  work: 2 * (options.batch ?? 1) * m * n * k,
  ...options,
});

/** A function of 16M float32 elements, as 32,768 rows of 512. */
const map = (op) => ({ kind: "map", title: `${op}, 16M`, op, rows: 32768, columns: 512, work: 32768 * 512 });

export function allCases(sizes = edges) {
  return [
    ...sizes.map((n) => product(`A·B, ${n}`, n, n, n)),
    ...sizes.map((n) => product(`A·Bᵀ, ${n}`, n, n, n, { transposeB: true })),
    product("384 × [512×64]·[64×512]", 512, 512, 64, { batch: 384 }),
    ...[512, 1024].map((n) => product(`float64 A·B, ${n}`, n, n, n, { dtype: "float64" })),
    ...["exp", "gelu", "softmax"].map(map),
  ];
}

/** The operands of a case, in storage order. */
export function operands(testCase) {
  if (testCase.kind === "map") return [randomArray(testCase.work, 1)];
  const { batch, m, n, k, dtype } = testCase;
  const Type = dtype === "float64" ? Float64Array : Float32Array;
  return [randomArray(batch * m * k, m, Type), randomArray(batch * k * n, m + 1, Type)];
}
