// Row-major matrices, transposed in blocks that stay in L1.

const BLOCK: i32 = 16;

/** to[j, i] = from[i, j] for from[m, n]; strides of rows in elements. */
export function transpose<T>(m: i32, n: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  const fromStep = <usize>fromRow * sizeof<T>(), toStep = <usize>toRow * sizeof<T>();
  for (let ib = 0; ib < m; ib += BLOCK) {
    const iEnd = min(m, ib + BLOCK);
    for (let jb = 0; jb < n; jb += BLOCK) {
      const jEnd = min(n, jb + BLOCK);
      for (let j = jb; j < jEnd; j++) {
        let source = from + <usize>ib * fromStep + <usize>j * sizeof<T>();
        let target = to + <usize>j * toStep + <usize>ib * sizeof<T>();
        for (let i = ib; i < iEnd; i++) {
          store<T>(target, load<T>(source));
          source += fromStep;
          target += sizeof<T>();
        }
      }
    }
  }
}
