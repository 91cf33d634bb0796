// Lintel through its public functions: tensors in, a new tensor out, copies to and from WASM included.

const library = await import("../../dist/index.js").catch(() => ({}));
const kernels = await import("../../dist/kernels/index.js");

export const publicApi = typeof library.matmul === "function" && typeof library.tensor === "function";
export const name = `lintel (${kernels.wasmBuild()} SIMD${publicApi ? "" : ", kernel driver"})`;

/** A function that multiplies once and returns the product's elements. */
export async function prepare({ a, b, edge, transposeB }) {
  if (publicApi) {
    const left = library.tensor(a, { shape: [edge, edge] });
    const stored = library.tensor(b, { shape: [edge, edge] });
    return () => {
      const right = transposeB ? stored.transpose(-2, -1) : stored;
      return library.matmul(left, right).dataSync();
    };
  }
  const left = { data: a, offset: 0, rowStride: edge, colStride: 1 };
  const right = { data: b, offset: 0, rowStride: transposeB ? 1 : edge, colStride: transposeB ? edge : 1 };
  return () => {
    const data = new Float32Array(edge * edge);
    const c = { data, offset: 0, rowStride: edge, colStride: 1 };
    kernels.gemm({ m: edge, n: edge, k: edge, a: left, b: right, c });
    return data;
  };
}
