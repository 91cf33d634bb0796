import { ShapeError } from "../base/errors.js";
import { requireKernels } from "./module.js";
import { MANY_ELEMENTS, streamTogether } from "./stream.js";
import { threadPool } from "./threads.js";

/** Maps of a few instructions. "round" takes halves to the even neighbour. */
type SimpleMap =
  "abs" | "neg" | "square" | "reciprocal" | "floor" | "ceil" | "round" | "sign" | "relu" | "sqrt";

/** The maps that run in WASM, in float32 and in float64. "gelu" is exact (erf); "geluTanh" is its tanh approximation. */
export type FloatMap =
  | SimpleMap
  | "exp"
  | "log"
  | "sin"
  | "cos"
  | "tanh"
  | "sigmoid"
  | "erf"
  | "gelu"
  | "geluTanh"
  | "silu"
  | "rsqrt";

type MapName = `${FloatMap}${"F32" | "F64"}`;

/** Bytes of a chunk: copied in, mapped and copied out while it is in L2. */
const CHUNK_BYTES = 2 ** 17;

/** Applies `name` to every element; `output` may be `input`. Throws ShapeError for unequal lengths. */
export function mapFloat32(name: FloatMap, input: Float32Array, output: Float32Array): void {
  mapElements(`${name}F32`, input, output);
}

/** `mapFloat32` in float64. */
export function mapFloat64(name: FloatMap, input: Float64Array, output: Float64Array): void {
  mapElements(`${name}F64`, input, output);
}

function mapElements<T extends Float32Array | Float64Array>(kernel: MapName, input: T, output: T): void {
  if (input.length !== output.length) {
    const op = kernel.slice(0, -3);
    throw new ShapeError(`${op}: input has ${input.length} elements and output ${output.length}.`, {
      op,
      shapes: [[input.length], [output.length]],
    });
  }
  const pool = input.length >= MANY_ELEMENTS ? threadPool() : undefined;
  if (pool === undefined) return mapAlone(kernel, input, output);
  streamTogether(pool, {
    input,
    output,
    piece: CHUNK_BYTES / input.BYTES_PER_ELEMENT,
    vectors: [],
    call: (at, count) => ({ kernel, parameters: [at, count] }),
    rest: (first) => mapAlone(kernel, input.subarray(first), output.subarray(first)),
  });
}

function mapAlone(
  kernel: MapName,
  input: Float32Array | Float64Array,
  output: Float32Array | Float64Array,
): void {
  const { arena, exports } = requireKernels();
  const map = exports[kernel];
  const width = input.BYTES_PER_ELEMENT;
  const chunk = Math.max(4, Math.floor(Math.min(CHUNK_BYTES, arena.limit) / 32) * (32 / width));
  const first = arena.start / width;
  arena.reserve(Math.min(chunk, input.length) * width);
  const elements = width === 8 ? arena.f64 : arena.f32;
  for (let i = 0; i < input.length; i += chunk) {
    const count = Math.min(chunk, input.length - i);
    elements.set(input.subarray(i, i + count), first);
    map(arena.start, count);
    output.set(elements.subarray(first, first + count), i);
  }
}
