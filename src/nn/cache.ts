import { ShapeError } from "../base/errors.js";
import { addSizes, showShape, toSize, type Size, type SizeLike } from "../shape/dim.js";
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
 * The keys and values of the positions that a model has already seen, so that decoding computes one position at a
 * time. Hand the same cache to every `forward`; room grows by doubling.
 *
 * On abstract tensors it is a length and nothing else: `new KeyValueCache({ length: "past" })` prices one step
 * after any number of positions.
 *
 * @example
 * const cache = new KeyValueCache();
 * model.forward(prompt, { cache });
 * model.forward(next, { cache }); // [B, 1]: sees the prompt
 */
export class KeyValueCache {
  readonly #entries = new Map<object, Entry>();
  readonly #start: Size;

  constructor({ length = 0 }: { readonly length?: SizeLike } = {}) {
    this.#start = toSize(length);
  }

  /** How many positions every layer has seen. */
  get length(): Size {
    const [first] = this.#entries.values();
    return first?.length ?? this.#start;
  }

  /** How many positions `layer` has seen. */
  lengthOf(layer: object): Size {
    return this.#entries.get(layer)?.length ?? this.#start;
  }

  /** Adds n positions to those of `layer`, k and v [B, g, n, d]; answers all of them, [B, g, length + n, d]. */
  append(layer: object, k: Tensor, v: Tensor): readonly [keys: Tensor, values: Tensor] {
    const entry = this.#entries.get(layer) ?? { length: this.#start, keys: undefined, values: undefined };
    const past = entry.length;
    entry.length = addSizes(past, k.dims.at(-2)!);
    this.#entries.set(layer, entry);
    if (k.isAbstract) return [extended(k, entry.length), extended(v, entry.length)];
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
    return [view(entry.keys, k, past), view(entry.values, v, past)];
  }
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
  const { elements } = x;
  let i = 0;
  forEachOffset(x, (offset) => {
    const block = Math.floor(i / (length * width));
    kept.elements[(block * kept.capacity + past) * width + (i++ % (length * width))] = elements[offset]!;
  });
  return kept;
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
  for (let block = 0; rows !== undefined && block < blocks; block++) {
    const from = block * rows.capacity * width;
    const filled = rows.elements.subarray(from, from + past * width);
    (elements as Float64Array).set(filled as Float64Array, block * capacity * width); // one array type
  }
  return { elements, capacity };
}

/** The filled part, [B, g, past + n, d], without copying. */
function view({ elements, capacity }: Rows, x: Tensor, past: number): Tensor {
  const sizes = [...x.sizes.slice(0, -2), capacity, x.sizes.at(-1)!];
  const whole = fromElements(elements, sizes, x.dtype);
  const dims = [...x.dims.slice(0, -2), past + x.sizes.at(-2)!, x.dims.at(-1)!];
  return whole.withView({ dims, strides: whole.strides });
}
