import { align } from "./arena.js";
import { requireKernels } from "./module.js";

/** The 16-bit types, which store numbers and compute nothing. */
export type Half = "float16" | "bfloat16";

/** Elements that are converted together: both forms stay in L2. */
const CHUNK = 2 ** 15;

/** The float32 values of stored halves, exactly. `target` is as long as `source`. */
export function widenHalves(source: Uint16Array, half: Half, target: Float32Array): void {
  const { arena, exports } = requireKernels();
  const widen = half === "float16" ? exports.float16ToFloat32 : exports.bfloat16ToFloat32;
  arena.reserve(align(4 * Math.min(CHUNK, source.length)));
  const first = arena.start / 4;
  for (let i = 0; i < source.length; i += CHUNK) {
    const count = Math.min(CHUNK, source.length - i);
    const from = arena.start + 2 * count;
    arena.u16.set(source.subarray(i, i + count), from / 2);
    widen(from, arena.start, count);
    target.set(arena.f32.subarray(first, first + count), i);
  }
}

/** Rounds float32 values to the nearest halves, ties to even. `target` is as long as `source`. */
export function narrowToHalves(source: Float32Array, half: Half, target: Uint16Array): void {
  const { arena, exports } = requireKernels();
  const narrow = half === "float16" ? exports.float32ToFloat16 : exports.float32ToBFloat16;
  arena.reserve(align(4 * Math.min(CHUNK, source.length)));
  const first = arena.start / 2;
  for (let i = 0; i < source.length; i += CHUNK) {
    const count = Math.min(CHUNK, source.length - i);
    arena.f32.set(source.subarray(i, i + count), arena.start / 4);
    narrow(arena.start, arena.start, count);
    target.set(arena.u16.subarray(first, first + count), i);
  }
}
