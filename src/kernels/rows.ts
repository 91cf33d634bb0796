import { ShapeError } from "../base/errors.js";
import { align } from "./arena.js";
import { requireKernels, type Kernels } from "./module.js";

/** Contiguous float32 rows; `output` may be `input`. */
export interface Rows {
  readonly input: Float32Array;
  readonly output: Float32Array;
  /** Elements of a row. */
  readonly columns: number;
}

/** Rows with an optional scale and shift per column, and the ε added under the square root. */
export interface NormalizedRows extends Rows {
  readonly weight?: Float32Array | undefined;
  readonly bias?: Float32Array | undefined;
  readonly epsilon: number;
}

/** Bytes of rows that are staged together; a single row may exceed it and is never cut. */
const CHUNK_BYTES = 2 ** 18;

type RowKernel = (kernels: Kernels, at: number, rows: number) => void;

function checkLength(op: string, name: string, actual: number, expected: number): void {
  if (actual === expected) return;
  throw new ShapeError(`${op}: ${name} has ${actual} elements, not ${expected}.`, { op, shapes: [[actual]] });
}

function forEachChunk(
  op: string,
  { input, output, columns }: Rows,
  vectors: Float32Array[],
  kernel: RowKernel,
) {
  checkLength(op, "output", output.length, input.length);
  if (input.length === 0) return;
  const rows = input.length / columns;
  if (!Number.isInteger(rows)) {
    throw new ShapeError(`${op}: ${input.length} elements are not a whole number of rows of ${columns}.`, {
      op,
      shapes: [[input.length], [columns]],
    });
  }
  const kernels = requireKernels();
  const { arena } = kernels;
  const vectorBytes = align(columns * 4);
  const header = vectors.length * vectorBytes;
  const together = Math.max(1, Math.floor((Math.min(CHUNK_BYTES, arena.limit) - header) / (columns * 4)));
  arena.reserve(header + Math.min(together, rows) * columns * 4);
  const { f32 } = arena;
  for (const [v, vector] of vectors.entries()) f32.set(vector, (arena.start + v * vectorBytes) / 4);
  const at = arena.start + header;
  for (let i = 0; i < rows; i += together) {
    const count = Math.min(together, rows - i);
    f32.set(input.subarray(i * columns, (i + count) * columns), at / 4);
    kernel(kernels, at, count);
    output.set(f32.subarray(at / 4, at / 4 + count * columns), i * columns);
  }
}

/** Softmax of each row: e^(x − max) / Σ. A row of −∞ alone gives NaN. Throws ShapeError. */
export function softmaxRows(rows: Rows): void {
  forEachChunk("softmax", rows, [], ({ exports }, at, count) => exports.softmaxF32(at, count, rows.columns));
}

/** ln softmax of each row: x − max − ln Σ e^(x − max). Throws ShapeError. */
export function logSoftmaxRows(rows: Rows): void {
  forEachChunk("logSoftmax", rows, [], ({ exports }, at, count) =>
    exports.logSoftmaxF32(at, count, rows.columns),
  );
}

/** Layer normalisation of each row (Ba, Kiros, Hinton 2016), biased variance. Throws ShapeError. */
export function layerNormRows(call: NormalizedRows): void {
  const { columns, weight, bias, epsilon } = call;
  const vectors: Float32Array[] = [];
  const place = (name: string, vector: Float32Array | undefined): number => {
    if (vector === undefined) return -1;
    checkLength("layerNorm", name, vector.length, columns);
    return vectors.push(vector) - 1;
  };
  const weightSlot = place("weight", weight);
  const biasSlot = place("bias", bias);
  const stride = align(columns * 4);
  forEachChunk("layerNorm", call, vectors, ({ exports, arena }, at, count) => {
    const address = (slot: number) => (slot < 0 ? 0 : arena.start + slot * stride);
    exports.layerNormF32(at, count, columns, epsilon, address(weightSlot), address(biasSlot));
  });
}

/** Root-mean-square normalisation of each row (Zhang, Sennrich 2019). Throws ShapeError. */
export function rmsNormRows(call: Omit<NormalizedRows, "bias">): void {
  const { columns, weight, epsilon } = call;
  if (weight !== undefined) checkLength("rmsNorm", "weight", weight.length, columns);
  const vectors = weight === undefined ? [] : [weight];
  forEachChunk("rmsNorm", call, vectors, ({ exports, arena }, at, count) =>
    exports.rmsNormF32(at, count, columns, epsilon, weight === undefined ? 0 : arena.start),
  );
}
