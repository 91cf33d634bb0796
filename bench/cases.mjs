// What is measured: float32 products of square matrices, random and full rank, single thread.

/** Edges of the square matrices. */
export const sizes = [64, 96, 128, 192, 256, 384, 512, 768, 1024];

/** Uniform on [−1, 1): mulberry32, so that every peer multiplies the same numbers in every run. */
export function randomMatrix(edge, seed) {
  const data = new Float32Array(edge * edge);
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    data[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return data;
}

/** One case per size and layout: A·B, and A·Bᵀ with B stored as [n, k] (a linear layer's weight). */
export function matmulCases(edges = sizes) {
  return edges.flatMap((edge) => {
    const a = randomMatrix(edge, edge);
    const b = randomMatrix(edge, edge + 1);
    const flops = 2 * edge ** 3;
    return [
      { name: "A·B", edge, a, b, transposeB: false, flops },
      { name: "A·Bᵀ", edge, a, b, transposeB: true, flops },
    ];
  });
}
