// A dense matrix of any elements, transposed: bits are moved, nothing is computed.

/** Rows and columns of a block: its lines of the cache stay until all their elements have been moved. */
const BLOCK: i32 = 16;

/** from [rows, columns] → to [columns, rows], elements of `width` bytes. */
export function transposeDense(width: i32, rows: i32, columns: i32, from: usize, to: usize): void {
  if (width == 1) transpose<u8>(rows, columns, from, to);
  else if (width == 2) transpose<u16>(rows, columns, from, to);
  else if (width == 4) transpose<u32>(rows, columns, from, to);
  else transpose<u64>(rows, columns, from, to);
}

function transpose<T>(rows: i32, columns: i32, from: usize, to: usize): void {
  const fromStep = <usize>columns * sizeof<T>();
  const toStep = <usize>rows * sizeof<T>();
  for (let i = 0; i < rows; i += BLOCK) {
    const height = min(BLOCK, rows - i);
    for (let j = 0; j < columns; j += BLOCK) {
      const width = min(BLOCK, columns - j);
      let source = from + <usize>i * fromStep + <usize>j * sizeof<T>();
      let target = to + <usize>j * toStep + <usize>i * sizeof<T>();
      for (let c = 0; c < width; c++) {
        let p = source, q = target;
        for (let r = 0; r < height; r++) {
          store<T>(q, load<T>(p));
          p += fromStep;
          q += sizeof<T>();
        }
        source += sizeof<T>();
        target += toStep;
      }
    }
  }
}
