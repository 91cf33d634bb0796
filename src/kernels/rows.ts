import { ShapeError } from "../base/errors.js";
import { align } from "./arena.js";
import { requireKernels } from "./module.js";
import type { Call } from "./pool.js";
import { MANY_ELEMENTS, streamTogether } from "./stream.js";
import { threadPool } from "./threads.js";

type Floats = Float32Array | Float64Array;

/** Contiguous rows, all of one type; `output` may be `input`. */
export interface Rows {
  readonly input: Floats;
  readonly output: Floats;
  /** Elements of a row. */
  readonly columns: number;
}

/** Rows with an optional scale and shift per column, and the ε added under the square root. */
export interface NormalizedRows extends Rows {
  readonly weight?: Floats | undefined;
  readonly bias?: Floats | undefined;
  readonly epsilon: number;
}

/** Bytes of rows that are staged together; a single row may exceed it and is never cut. */
const CHUNK_BYTES = 2 ** 18;

/** The kernel for `rows` rows at byte address `at`; `vectors` are the addresses of its vectors, 0 for a missing one. */
type RowCall = (at: number, rows: number, vectors: readonly number[]) => Call;

const suffixOf = (elements: Floats): "F32" | "F64" => (elements instanceof Float64Array ? "F64" : "F32");

function checkLength(op: string, name: string, actual: number, expected: number): void {
  if (actual === expected) return;
  throw new ShapeError(`${op}: ${name} has ${actual} elements, not ${expected}.`, { op, shapes: [[actual]] });
}

function forEachChunk(
  op: string,
  { input, output, columns }: Rows,
  given: readonly (Floats | undefined)[],
  call: RowCall,
): void {
  checkLength(op, "output", output.length, input.length);
  for (const vector of given)
    if (vector !== undefined) checkLength(op, "weight or bias", vector.length, columns);
  if (input.length === 0) return;
  const rows = input.length / columns;
  if (!Number.isInteger(rows)) {
    throw new ShapeError(`${op}: ${input.length} elements are not a whole number of rows of ${columns}.`, {
      op,
      shapes: [[input.length], [columns]],
    });
  }
  const vectors = given.filter((vector) => vector !== undefined);
  const width = input.BYTES_PER_ELEMENT;
  const stride = align(columns * width);
  const addresses = (start: number) => {
    let next = start;
    return given.map((vector) => (vector === undefined ? 0 : (next += stride) - stride));
  };
  const alone = (first: number): void =>
    runAlone(input.subarray(first), output.subarray(first), columns, vectors, (start, at, count) =>
      call(at, count, addresses(start)),
    );
  const pool = input.length >= MANY_ELEMENTS ? threadPool() : undefined;
  if (pool === undefined) return alone(0);
  const piece = Math.max(1, Math.floor(CHUNK_BYTES / 2 / (columns * width))) * columns;
  const at = addresses(pool.kernels.arena.start);
  const done = streamTogether(pool, {
    input,
    output,
    piece,
    vectors,
    call: (from, count) => call(from, count / columns, at),
    rest: alone,
  });
  if (!done) alone(0);
}

function runAlone(
  input: Floats,
  output: Floats,
  columns: number,
  vectors: readonly Floats[],
  call: (start: number, at: number, rows: number) => Call,
): void {
  const { arena, exports } = requireKernels();
  const width = input.BYTES_PER_ELEMENT;
  const rows = input.length / columns;
  const vectorBytes = align(columns * width);
  const header = vectors.length * vectorBytes;
  const together = Math.max(1, Math.floor((Math.min(CHUNK_BYTES, arena.limit) - header) / (columns * width)));
  arena.reserve(header + Math.min(together, rows) * columns * width);
  const elements = width === 8 ? arena.f64 : arena.f32;
  for (const [v, vector] of vectors.entries()) elements.set(vector, (arena.start + v * vectorBytes) / width);
  const at = arena.start + header;
  for (let i = 0; i < rows; i += together) {
    const count = Math.min(together, rows - i);
    elements.set(input.subarray(i * columns, (i + count) * columns), at / width);
    const { kernel, parameters } = call(arena.start, at, count);
    (exports[kernel] as (...parameters: readonly number[]) => void)(...parameters);
    output.set(elements.subarray(at / width, at / width + count * columns), i * columns);
  }
}

/** Softmax of each row: e^(x − max) / Σ. A row of −∞ alone gives NaN. Throws ShapeError. */
export function softmaxRows(call: Rows): void {
  forEachChunk("softmax", call, [], (at, rows) => ({
    kernel: `softmax${suffixOf(call.input)}`,
    parameters: [at, rows, call.columns],
  }));
}

/** ln softmax of each row: x − max − ln Σ e^(x − max). Throws ShapeError. */
export function logSoftmaxRows(call: Rows): void {
  forEachChunk("logSoftmax", call, [], (at, rows) => ({
    kernel: `logSoftmax${suffixOf(call.input)}`,
    parameters: [at, rows, call.columns],
  }));
}

/** Layer normalisation of each row (Ba, Kiros, Hinton 2016), biased variance. Throws ShapeError. */
export function layerNormRows(call: NormalizedRows): void {
  const { columns, weight, bias, epsilon } = call;
  forEachChunk("layerNorm", call, [weight, bias], (at, rows, vectors) => ({
    kernel: `layerNorm${suffixOf(call.input)}`,
    parameters: [at, rows, columns, epsilon, ...vectors],
  }));
}

/** Root-mean-square normalisation of each row (Zhang, Sennrich 2019). Throws ShapeError. */
export function rmsNormRows(call: Omit<NormalizedRows, "bias">): void {
  const { columns, weight, epsilon } = call;
  forEachChunk("rmsNorm", call, [weight], (at, rows, vectors) => ({
    kernel: `rmsNorm${suffixOf(call.input)}`,
    parameters: [at, rows, columns, epsilon, ...vectors],
  }));
}
