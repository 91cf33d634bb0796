import { ShapeError } from "../base/errors.js";
import { requireKernels } from "./module.js";
import { MANY_ELEMENTS, streamTogether } from "./stream.js";
import { threadPool } from "./threads.js";

/** The float32 maps that run in WASM. "gelu" is exact (erf); "geluTanh" is its tanh approximation. */
export type Float32Map =
  "exp" | "log" | "tanh" | "sigmoid" | "erf" | "gelu" | "geluTanh" | "silu" | "relu" | "sqrt" | "rsqrt";

/** Bytes of a chunk: copied in, mapped and copied out while it is in L2. */
const CHUNK_BYTES = 2 ** 17;

/** Applies `name` to every element; `output` may be `input`. Throws ShapeError for unequal lengths. */
export function mapFloat32(name: Float32Map, input: Float32Array, output: Float32Array): void {
  if (input.length !== output.length) {
    throw new ShapeError(`${name}: input has ${input.length} elements and output ${output.length}.`, {
      op: name,
      shapes: [[input.length], [output.length]],
    });
  }
  const pool = input.length >= MANY_ELEMENTS ? threadPool() : undefined;
  if (pool === undefined) return mapAlone(name, input, output);
  streamTogether(pool, {
    input,
    output,
    piece: CHUNK_BYTES / 4,
    vectors: [],
    call: (at, count) => ({ kernel: `${name}F32`, parameters: [at, count] }),
    rest: (first) => mapAlone(name, input.subarray(first), output.subarray(first)),
  });
}

function mapAlone(name: Float32Map, input: Float32Array, output: Float32Array): void {
  const { arena, exports } = requireKernels();
  const kernel = exports[`${name}F32`];
  const chunk = Math.max(4, Math.floor(Math.min(CHUNK_BYTES, arena.limit) / 16) * 4);
  const first = arena.start / 4;
  arena.reserve(Math.min(chunk, input.length) * 4);
  const { f32 } = arena;
  for (let i = 0; i < input.length; i += chunk) {
    const count = Math.min(chunk, input.length - i);
    f32.set(input.subarray(i, i + count), first);
    kernel(arena.start, count);
    output.set(f32.subarray(first, first + count), i);
  }
}
