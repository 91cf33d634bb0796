import { ShapeError } from "../base/errors.js";
import { readOptions } from "../base/options.js";
import { addSizes, isKnown, showShape, toSize, type Size, type SizeLike } from "../shape/dim.js";
import { abstractTensor, fromElements } from "../tensor/create.js";
import { allocate, type Elements } from "../tensor/dtype.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** Keys or values of one layer: [B, g, capacity, d], of which `length` positions are filled. */
interface Rows {
  readonly elements: Elements;
  readonly capacity: number;
}

interface Entry {
  length: Size;
  keys: Rows | undefined;
  values: Rows | undefined;
}

/**
 * The keys and values of the positions that a model has already seen, so that decoding computes one position
 * at a time. Hand the same cache to every `forward`; room grows by doubling.
 *
 * On abstract tensors it is a length and nothing else: `new KeyValueCache({ length: "past" })` prices one
 * step after any number of positions.
 *
 * @example
 * const layer = new MultiHeadAttention(64, 4, { causal: true });
 * const cache = new KeyValueCache();
 * layer.forward(randn([1, 10, 64]), { cache });
 * layer.forward(randn([1, 1, 64]), { cache }).shape; // [1, 1, 64]
 * cache.length; // 11
 */
export class KeyValueCache {
  readonly #entries = new Map<object, Entry>();
  readonly #start: Size;

  constructor(options: { readonly length?: SizeLike } = {}) {
    const { length = 0 } = readOptions("KeyValueCache", options, ["length"]);
    this.#start = toSize(length);
  }

  /**
   * How many positions every layer has seen.
   *
   * @example
   * new KeyValueCache({ length: "past" }).length; // past
   */
  get length(): Size {
    const [first] = this.#entries.values();
    return first?.length ?? this.#start;
  }

  /**
   * How many positions `layer` has seen.
   *
   * @example
   * new KeyValueCache().lengthOf(new Linear(1, 1)); // 0
   */
  lengthOf(layer: object): Size {
    return this.#entries.get(layer)?.length ?? this.#start;
  }

  /**
   * Adds n positions to those of `layer`, k and v [B, g, n, d]; answers all of them, [B, g, length + n, d],
   * or with a `window` only the last ones that one of the n may still see. Throws `ShapeError` for data when
   * the cache was made for abstract tensors, or when the shapes differ from those before.
   *
   * @example
   * const k = zeros([1, 2, 3, 4]);
   * new KeyValueCache().append({}, k, k)[0].shape; // [1, 2, 3, 4]
   */
  append(
    layer: object,
    k: Tensor,
    v: Tensor,
    window: number | null = null,
  ): readonly [keys: Tensor, values: Tensor] {
    const entry = this.#entries.get(layer) ?? { length: this.#start, keys: undefined, values: undefined };
    const past = entry.length;
    entry.length = addSizes(past, k.dims.at(-2)!);
    this.#entries.set(layer, entry);
    const seen = window === null ? entry.length : withinWindow(entry.length, k.dims.at(-2)!, window);
    if (k.isAbstract) return [extended(k, seen), extended(v, seen)];
    if (typeof past !== "number" || (entry.keys === undefined && past > 0)) {
      throw new ShapeError(
        `a cache that starts at ${past} positions holds none of them: it is for abstract tensors`,
        {
          op: "KeyValueCache",
          length: past,
        },
      );
    }
    entry.keys = write(entry.keys, past, k);
    entry.values = write(entry.values, past, v);
    const end = Number(entry.length);
    return [view(entry.keys, k, end, Number(seen)), view(entry.values, v, end, Number(seen))];
  }
}

/** How many of `length` positions the last `queries` of them see. A symbolic length is not cut. */
function withinWindow(length: Size, queries: Size, window: number): Size {
  if (!isKnown(length) || !isKnown(queries)) return length;
  return Math.min(Number(length), Number(queries) + window - 1);
}

const extended = (x: Tensor, length: Size): Tensor =>
  abstractTensor([...x.dims.slice(0, -2), length, x.dims.at(-1)!], x.dtype);

/** Copies x behind the `past` positions of `rows`, which move to a larger array when there is no room. */
function write(rows: Rows | undefined, past: number, x: Tensor): Rows {
  const [length, width] = x.sizes.slice(-2) as [number, number];
  const blocks = x.size / (length * width);
  const needed = past + length;
  if (rows !== undefined && rows.elements.length !== blocks * rows.capacity * width) {
    throw new ShapeError(`the cache holds another batch or head count than ${showShape(x.dims)}`, {
      op: "KeyValueCache",
      shapes: [x.dims],
    });
  }
  const kept =
    rows !== undefined && rows.capacity >= needed ? rows : grown(rows, past, needed, blocks, width, x);
  const step = x.strides[x.ndim - 1];
  let row = 0;
  forEachOffset(rowStarts(x), (from) => {
    const to = (Math.floor(row / length) * kept.capacity + past + (row++ % length)) * width;
    copyRow(x.elements, from, step, kept.elements, to, width);
  });
  return kept;
}

/** Visits the first element of every row of x. */
const rowStarts = (x: Tensor): Tensor =>
  x.withView({ dims: x.sizes.slice(0, -1), strides: x.strides.slice(0, -1) });

function copyRow(
  source: Elements,
  from: number,
  step: number,
  target: Elements,
  to: number,
  width: number,
): void {
  if (step === 1) {
    const row = source.subarray(from, from + width);
    return (target as Float64Array).set(row as Float64Array, to); // one array type
  }
  for (let i = 0; i < width; i++) target[to + i] = source[from + i * step];
}

function grown(
  rows: Rows | undefined,
  past: number,
  needed: number,
  blocks: number,
  width: number,
  { dtype }: Tensor,
): Rows {
  const capacity = Math.max(needed, 2 * (rows?.capacity ?? 0));
  const elements = allocate(dtype, blocks * capacity * width);
  if (rows === undefined) return { elements, capacity };
  for (let block = 0; block < blocks; block++) {
    const from = block * rows.capacity * width;
    const filled = rows.elements.subarray(from, from + past * width);
    (elements as Float64Array).set(filled as Float64Array, block * capacity * width); // one array type
  }
  return { elements, capacity };
}

/** The last `seen` of `end` positions, [B, g, seen, d], without copying. */
function view({ elements, capacity }: Rows, x: Tensor, end: number, seen: number): Tensor {
  const width = x.sizes[x.ndim - 1];
  const whole = fromElements(elements, [...x.sizes.slice(0, -2), capacity, width], x.dtype);
  const dims = [...x.dims.slice(0, -2), seen, width];
  return whole.withView({ dims, strides: whole.strides, offset: (end - seen) * width });
}
