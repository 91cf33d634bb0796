import type { Kernels } from "./module.js";
import { stridesOf, type BatchedOperand, type Elements, type Triple } from "./operand.js";

/** How a strided block is laid out after staging. */
export interface Layout {
  /** Strides of the staged block, in elements. */
  readonly strides: Triple;
  /** Elements that the staged block occupies. */
  readonly length: number;
  /** Elements copied by one bulk move. */
  readonly run: number;
  /** Lowest source index of a run, relative to the element [0, 0, 0]: ≤ 0, below 0 for negative strides. */
  readonly low: number;
  /** Axes walked one run at a time, innermost first. */
  readonly walked: readonly number[];
}

/** A bulk move may carry gaps along as long as it carries no more gaps than elements. */
const MOST_GAPS = 2;

/** Elements below which a loop beats `subarray` and `set`. */
const SHORT = 32;

// The six orders of three axes, so that planning a copy allocates and sorts nothing.
const ORDERS = {
  210: [2, 1, 0],
  201: [2, 0, 1],
  120: [1, 2, 0],
  102: [1, 0, 2],
  21: [0, 2, 1],
  12: [0, 1, 2],
};

function ascendingStrides(strides: Triple): readonly number[] {
  const batch = Math.abs(strides[0]);
  const row = Math.abs(strides[1]);
  const col = Math.abs(strides[2]);
  if (col <= row) return row <= batch ? ORDERS[210] : col <= batch ? ORDERS[201] : ORDERS[21];
  return col <= batch ? ORDERS[120] : row <= batch ? ORDERS[102] : ORDERS[12];
}

const NO_AXES: readonly number[] = [];

/** Whether a block lies in row-major order without gaps. Axes of one element may have any stride. */
function isDense(counts: Triple, strides: Triple): boolean {
  const rows = counts[1];
  const columns = counts[2];
  return (
    (strides[2] === 1 || columns === 1) &&
    (strides[1] === columns || rows === 1) &&
    (strides[0] === rows * columns || counts[0] === 1)
  );
}

/**
 * Plans the copy of a strided block. The axes with the smallest strides are moved in bulk, gaps included, and
 * keep their strides; the others are walked and become dense. Broadcast axes (stride 0) are copied once.
 */
export function layout(counts: Triple, strides: Triple): Layout {
  if (isDense(counts, strides)) {
    const length = counts[0] * counts[1] * counts[2];
    return { strides, length, run: length, low: 0, walked: NO_AXES };
  }
  const result: [number, number, number] = [0, 0, 0];
  const walked: number[] = [];
  let run = 1;
  let elements = 1;
  let low = 0;
  let length = 1;
  const order = ascendingStrides(strides);
  for (let i = 0; i < 3; i++) {
    const axis = order[i];
    const count = counts[axis];
    const stride = strides[axis];
    if (count === 1 || stride === 0) continue;
    const reach = stride * (count - 1);
    if (walked.length === 0 && run + Math.abs(reach) <= MOST_GAPS * elements * count) {
      run += Math.abs(reach);
      elements *= count;
      low += Math.min(reach, 0);
      result[axis] = stride;
      length = run;
    } else {
      walked.push(axis);
      result[axis] = length;
      length *= count;
    }
  }
  return { strides: result, length, run, low, walked };
}

function move(source: Elements, from: number, target: Elements, to: number, run: number): void {
  if (run >= SHORT) {
    target.set(from === 0 && run === source.length ? source : source.subarray(from, from + run), to);
  } else {
    for (let i = 0; i < run; i++) target[to + i] = source[from + i];
  }
}

function walk(
  plan: Layout,
  counts: Triple,
  strides: Triple,
  depth: number,
  source: Elements,
  from: number,
  target: Elements,
  to: number,
): void {
  if (depth < 0) {
    move(source, from, target, to, plan.run);
    return;
  }
  const axis = plan.walked[depth];
  const step = strides[axis];
  const stagedStep = plan.strides[axis];
  if (depth === 0 && plan.run === 1) {
    for (let i = 0; i < counts[axis]; i++) target[to + i * stagedStep] = source[from + i * step];
    return;
  }
  for (let i = 0; i < counts[axis]; i++) {
    walk(plan, counts, strides, depth - 1, source, from + i * step, target, to + i * stagedStep);
  }
}

/**
 * Copies a planned block to byte address `at` (of width-byte elements) and returns the address of its element
 * [0, 0, 0]. Half-precision storage is copied as it is and widened in place.
 */
export function stage(
  kernels: Kernels,
  plan: Layout,
  operand: BatchedOperand,
  offset: number,
  counts: Triple,
  at: number,
  width: 4 | 8,
): number {
  const { arena, exports } = kernels;
  if (operand.half === undefined) {
    const depth = plan.walked.length - 1;
    const from = offset + plan.low;
    walk(plan, counts, stridesOf(operand), depth, operand.data, from, arena.reals(width), at / width);
  } else {
    const source = at + 2 * plan.length;
    stageHalves(kernels, plan, operand, offset, counts, source);
    if (operand.half === "float16") exports.float16ToFloat32(source, at, plan.length);
    else exports.bfloat16ToFloat32(source, at, plan.length);
  }
  return at - plan.low * width;
}

/** As `stage`, without widening. */
export function stageHalves(
  kernels: Kernels,
  plan: Layout,
  operand: BatchedOperand,
  offset: number,
  counts: Triple,
  at: number,
): number {
  const depth = plan.walked.length - 1;
  const from = offset + plan.low;
  walk(plan, counts, stridesOf(operand), depth, operand.data, from, kernels.arena.u16, at / 2);
  return at - 2 * plan.low;
}

/** Copies a dense [batch, rows, columns] block between the arena and strided storage. */
export function copyDense(
  dense: Float32Array | Float64Array,
  at: number,
  operand: BatchedOperand & { readonly data: Float32Array | Float64Array },
  offset: number,
  counts: Triple,
  direction: "in" | "out",
): void {
  const { data, batchStride, rowStride, colStride } = operand;
  const batches = counts[0];
  const rows = counts[1];
  const columns = counts[2];
  if (isDense(counts, stridesOf(operand))) {
    const size = batches * rows * columns;
    if (direction === "out") move(dense, at, data, offset, size);
    else move(data, offset, dense, at, size);
    return;
  }
  const tight = colStride === 1 || columns === 1;
  for (let g = 0; g < batches; g++) {
    for (let i = 0; i < rows; i++) {
      const row = offset + g * batchStride + i * rowStride;
      if (tight) {
        if (direction === "out") move(dense, at, data, row, columns);
        else move(data, row, dense, at, columns);
      } else if (direction === "out") {
        for (let j = 0; j < columns; j++) data[row + j * colStride] = dense[at + j];
      } else {
        for (let j = 0; j < columns; j++) dense[at + j] = data[row + j * colStride];
      }
      at += columns;
    }
  }
}
