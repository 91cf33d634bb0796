// What lies between the products of a program that stays in memory (src/compile): moves, gathers, sums and products
// of float32 vectors. Steps are in elements. Nothing is written beyond a result, as grid.ts does: here the next byte is
// another tensor's.

/** `rows` runs of `columns` elements. */
export function copyF32(rows: i32, columns: i32, from: usize, fromStep: i32, to: usize, toStep: i32): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(to, from, <usize>columns * 4);
    from += <usize>fromStep * 4;
    to += <usize>toStep * 4;
  }
}

/** Row ids[i] of a table becomes row i of `to`; whoever writes the ids keeps them inside the table. */
export function gatherF32(count: i32, ids: usize, table: usize, rowStep: i32, columns: i32, to: usize): void {
  const bytes = <usize>columns * 4;
  for (let i = 0; i < count; i++) {
    memory.copy(to, table + <usize>load<i32>(ids) * <usize>rowStep * 4, bytes);
    ids += 4;
    to += bytes;
  }
}

const ADD = 0, MUL = 1;

// @ts-ignore: decorator
@inline
function combine(op: i32, a: v128, b: v128): v128 {
  return op == ADD ? f32x4.add(a, b) : f32x4.mul(a, b);
}

// @ts-ignore: decorator
@inline
function take(at: usize, step: i32): v128 {
  return step ? v128.load(at) : v128.load32_splat(at);
}

/** A step is 1, or 0 for one element that meets all of the other operand. */
// @ts-ignore: decorator
@inline
function binary(op: i32, count: i32, a: usize, aStep: i32, b: usize, bStep: i32, to: usize): void {
  const aBytes = <usize>aStep * 4, bBytes = <usize>bStep * 4;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(to, combine(op, take(a, aStep), take(b, bStep)));
    a += aBytes * 4;
    b += bBytes * 4;
    to += 16;
  }
  for (; i < count; i++) {
    v128.store32_lane(to, combine(op, v128.load32_splat(a), v128.load32_splat(b)), 0);
    a += aBytes;
    b += bBytes;
    to += 4;
  }
}

export function addF32(count: i32, a: usize, aStep: i32, b: usize, bStep: i32, to: usize): void {
  binary(ADD, count, a, aStep, b, bStep, to);
}

export function mulF32(count: i32, a: usize, aStep: i32, b: usize, bStep: i32, to: usize): void {
  binary(MUL, count, a, aStep, b, bStep, to);
}
