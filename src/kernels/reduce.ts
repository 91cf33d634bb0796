import { align } from "./arena.js";
import type { KernelExports } from "./exports.js";
import { requireKernels, type Kernels } from "./module.js";

/** What a lane is folded into. Extremes are NaN where there is one; "expSum" is Σeˣ⁻ˢʰⁱᶠᵗ. */
export type Fold = "sum" | "max" | "min" | "expSum";

/** Contiguous elements [outer, length, inner], folded over `length` ≥ 1. */
export interface Lanes {
  readonly input: Float32Array | Float64Array;
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** Bytes of elements that are staged together. */
const CHUNK_BYTES = 2 ** 17;

/** Elements of a row, and rows above each other, that make one partial. That of rows is also in assembly/reduce.ts. */
const ROW_BLOCK = 256;
const COLUMN_BLOCK = 64;

/** Columns that are cut out of wide rows at least: a kilobyte or more in one piece. */
const LEAST_COLUMNS = 256;

/**
 * The fold of each lane, [outer, inner] in float64. Sums are pairwise, of blocks whose bounds depend on the shape alone:
 * their error is below (log₂ length + 30)·2⁻⁵³·Σ|x|. With `shifts` [outer, inner] a sum is that of (x − shift)².
 */
export function foldLanes(fold: Fold, lanes: Lanes, shifts?: Float64Array): Float64Array {
  return joinPartials(fold, foldBlocks(fold, lanes, shifts), lanes);
}

/**
 * Where the extreme of each lane stands first, [outer, inner]; where the first NaN stands, if there is one. Only the block
 * with the extreme is looked through.
 */
export function locateExtremes(fold: "max" | "min", lanes: Lanes): Float64Array {
  const { input, outer, length, inner } = lanes;
  const partials = foldBlocks(fold, lanes);
  const block = blockOf(lanes);
  const blocks = Math.ceil(length / block);
  const places = new Float64Array(outer * inner);
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      let at = i * blocks * inner + j;
      let best = partials[at];
      let found = 0;
      for (let b = 1; b < blocks && best === best; b++) {
        const value = partials[(at += inner)];
        if (fold === "max" ? value > best : value < best) [best, found] = [value, b];
        else if (Number.isNaN(value)) [best, found] = [value, b];
      }
      let r = found * block;
      let p = (i * length + r) * inner + j;
      if (Number.isNaN(best)) for (; !Number.isNaN(input[p]); p += inner) r++;
      else for (; input[p] !== best; p += inner) r++;
      places[i * inner + j] = r;
    }
  }
  return places;
}

/** Elements of a lane that make one partial. */
const blockOf = ({ inner }: Lanes): number => (inner === 1 ? ROW_BLOCK : COLUMN_BLOCK);

/** The folds of the blocks of each lane, [outer, blocks, inner]. */
const foldBlocks = (fold: Fold, lanes: Lanes, shifts?: Float64Array): Float64Array =>
  lanes.inner === 1 ? foldRows(fold, lanes, shifts) : foldColumns(fold, lanes, shifts);

type Side = "Rows" | "Columns";

/** Runs a kernel on staged elements; the shifts and the partials lie behind them. */
class Stage {
  readonly #kernels: Kernels;
  readonly #kernel: (at: number, rows: number, columns: number, shifts: number, out: number) => void;
  readonly #elements: Float32Array | Float64Array;
  readonly #shiftsAt: number;
  readonly #outAt: number;

  constructor(name: `${Fold}${Side}`, wide: boolean, elements: number, shifts: number, partials: number) {
    this.#kernels = requireKernels();
    const { arena, exports } = this.#kernels;
    this.#kernel = exports[`${name}${wide ? "F64" : "F32"}` satisfies keyof KernelExports];
    this.#shiftsAt = arena.start + align(elements * (wide ? 8 : 4));
    this.#outAt = this.#shiftsAt + align(shifts * 8);
    arena.reserve(this.#outAt + align(partials * 8) - arena.start);
    this.#elements = wide ? arena.f64 : arena.f32;
  }

  /** Copies `count` elements to place `to` of the stage. */
  put(input: Float32Array | Float64Array, from: number, count: number, to: number): void {
    const first = this.#kernels.arena.start / this.#elements.BYTES_PER_ELEMENT;
    this.#elements.set(input.subarray(from, from + count), first + to);
  }

  /** Folds what was put, and copies `count` partials to place `to` of `partials`. */
  run(
    rows: number,
    columns: number,
    shifts: Float64Array | undefined,
    partials: Float64Array,
    count: number,
    to: number,
  ): void {
    const { arena } = this.#kernels;
    if (shifts !== undefined) arena.f64.set(shifts, this.#shiftsAt / 8);
    this.#kernel(arena.start, rows, columns, shifts === undefined ? 0 : this.#shiftsAt, this.#outAt);
    partials.set(arena.f64.subarray(this.#outAt / 8, this.#outAt / 8 + count), to);
  }
}

function foldRows(fold: Fold, { input, outer, length }: Lanes, shifts?: Float64Array): Float64Array {
  const fitting = Math.floor(CHUNK_BYTES / input.BYTES_PER_ELEMENT / ROW_BLOCK) * ROW_BLOCK;
  const rows = Math.max(1, Math.min(outer, Math.floor(fitting / length)));
  const columns = Math.min(length, fitting);
  const blocks = Math.ceil(length / ROW_BLOCK);
  const stage = new Stage(`${fold}Rows`, input instanceof Float64Array, rows * columns, rows, rows * blocks);
  const partials = new Float64Array(outer * blocks);
  for (let i = 0; i < outer; i += rows) {
    const together = Math.min(rows, outer - i);
    for (let j = 0; j < length; j += columns) {
      const width = Math.min(columns, length - j);
      stage.put(input, i * length + j, together * width, 0);
      const count = together * Math.ceil(width / ROW_BLOCK);
      stage.run(
        together,
        width,
        shifts?.subarray(i, i + together),
        partials,
        count,
        i * blocks + j / ROW_BLOCK,
      );
    }
  }
  return partials;
}

function foldColumns(
  fold: Fold,
  { input, outer, length, inner }: Lanes,
  shifts?: Float64Array,
): Float64Array {
  const rows = Math.min(length, COLUMN_BLOCK);
  const columns = Math.min(
    inner,
    Math.max(LEAST_COLUMNS, Math.floor(CHUNK_BYTES / input.BYTES_PER_ELEMENT / rows)),
  );
  const blocks = Math.ceil(length / COLUMN_BLOCK);
  const stage = new Stage(`${fold}Columns`, input instanceof Float64Array, rows * columns, columns, columns);
  const partials = new Float64Array(outer * blocks * inner);
  for (let i = 0; i < outer; i++) {
    for (let block = 0; block < blocks; block++) {
      const first = i * length + block * COLUMN_BLOCK;
      const height = Math.min(COLUMN_BLOCK, length - block * COLUMN_BLOCK);
      for (let j = 0; j < inner; j += columns) {
        const width = Math.min(columns, inner - j);
        if (width === inner) stage.put(input, first * inner, height * inner, 0);
        else for (let r = 0; r < height; r++) stage.put(input, (first + r) * inner + j, width, r * width);
        const shift = shifts?.subarray(i * inner + j, i * inner + j + width);
        stage.run(height, width, shift, partials, width, (i * blocks + block) * inner + j);
      }
    }
  }
  return partials;
}

/** Folds partials [outer, blocks, inner] to [outer, inner] in pairs. */
function joinPartials(fold: Fold, partials: Float64Array, lanes: Lanes): Float64Array {
  const { outer, length, inner } = lanes;
  const blocks = Math.ceil(length / blockOf(lanes));
  if (blocks === 1) return partials;
  const result = new Float64Array(outer * inner);
  for (let i = 0; i < outer; i++) {
    const lane = partials.subarray(i * blocks * inner, (i + 1) * blocks * inner);
    for (let step = 1; step < blocks; step *= 2) {
      for (let block = 0; block + step < blocks; block += 2 * step) {
        const [to, from] = [block * inner, (block + step) * inner];
        if (fold === "max")
          for (let j = 0; j < inner; j++) lane[to + j] = Math.max(lane[to + j], lane[from + j]);
        else if (fold === "min")
          for (let j = 0; j < inner; j++) lane[to + j] = Math.min(lane[to + j], lane[from + j]);
        else for (let j = 0; j < inner; j++) lane[to + j] += lane[from + j];
      }
    }
    result.set(lane.subarray(0, inner), i * inner);
  }
  return result;
}
