import { describe } from "../base/describe.js";
import { ConfigError, DTypeError, ShapeError } from "../base/errors.js";
import { readOptions, requireCount } from "../base/options.js";
import { requireTensors } from "../op/apply.js";
import {
  addSizes,
  countElements,
  isKnown,
  sameShape,
  showShape,
  toSize,
  type Size,
  type SizeLike,
} from "../shape/dim.js";
import { abstractTensor, fromElements } from "../tensor/create.js";
import { allocate, type Elements } from "../tensor/dtype.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** Keys and values of one layer: [B, g, capacity, d], of which `length` positions are filled. */
interface Entry {
  readonly length: Size;
  readonly keys: Tensor | undefined;
  readonly values: Tensor | undefined;
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
  #entries = new Map<object, Entry>();
  #attempting = false;
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
   * What `body` answers. Should it throw, the cache has the positions that it had before, in every layer: a `forward`
   * that fails on its way leaves nothing behind. Throws `ConfigError` unless `body` is a function, else what it throws.
   *
   * @example
   * const [cache, k] = [new KeyValueCache(), ones([1, 2, 3, 4])];
   * try { cache.attempt(() => { cache.append({}, k, k); throw new Error(); }); } catch {}
   * cache.length; // 0
   */
  attempt<R>(body: () => R): R {
    if (typeof body !== "function") {
      const op = "KeyValueCache.attempt";
      throw new ConfigError(`${op}: takes a function, got ${describe(body)}`, { op, value: body });
    }
    if (this.#attempting) return body(); // whoever began takes back everything
    const before = new Map(this.#entries);
    this.#attempting = true;
    try {
      return body();
    } catch (error) {
      this.#entries = before;
      throw error;
    } finally {
      this.#attempting = false;
    }
  }

  /**
   * The keys and values of all positions of `layer`, [B, g, length, d]; `undefined` when it has seen none.
   *
   * @example
   * const [cache, layer, k] = [new KeyValueCache(), {}, ones([1, 2, 3, 4])];
   * cache.append(layer, k, k);
   * cache.contents(layer)?.keys.shape; // [1, 2, 3, 4]
   */
  contents(layer: object): { readonly keys: Tensor; readonly values: Tensor } | undefined {
    const entry = this.#entries.get(layer);
    if (entry?.keys === undefined || entry.values === undefined) return undefined;
    const length = Number(entry.length);
    return { keys: view(entry.keys, length, length), values: view(entry.values, length, length) };
  }

  /**
   * Adds n positions to those of `layer`, k and v [B, g, n, d]; answers all of them, [B, g, length + n, d],
   * or with a `window` only the last ones that one of the n may still see. Throws `ShapeError` for data when
   * the cache was made for abstract tensors, or when batch, heads or widths differ from those before, `DTypeError`
   * when the dtype does.
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
    checkAppended(layer, k, v, window);
    const before = this.#entries.get(layer) ?? { length: this.#start, keys: undefined, values: undefined };
    const past = before.length;
    const length = addSizes(past, k.dims.at(-2)!);
    const seen = window === null ? length : withinWindow(length, k.dims.at(-2)!, window);
    if (k.isAbstract) {
      this.#entries.set(layer, { ...before, length });
      return [extended(k, seen), extended(v, seen)];
    }
    if (typeof past !== "number" || (before.keys === undefined && past > 0)) {
      throw new ShapeError(
        `a cache that starts at ${past} positions holds none of them: it is for abstract tensors`,
        { op: "KeyValueCache", length: past },
      );
    }
    const keys = write(before.keys, past, k);
    const values = write(before.values, past, v);
    this.#entries.set(layer, { length, keys, values });
    return [view(keys, Number(length), Number(seen)), view(values, Number(length), Number(seen))];
  }
}

/** Fails unless `cache` is one, or none. */
export function checkCache(op: string, cache: KeyValueCache | undefined): void {
  if (cache === undefined || cache instanceof KeyValueCache) return;
  throw new ConfigError(`${op}: the cache is a KeyValueCache, got ${describe(cache)}`, { op, value: cache });
}

function checkAppended(layer: object, k: Tensor, v: Tensor, window: number | null): void {
  const op = "KeyValueCache.append";
  if (typeof layer !== "object" || layer === null) {
    throw new ConfigError(`${op}: positions belong to a layer, which is an object, got ${describe(layer)}`, {
      op,
      value: layer,
    });
  }
  requireTensors(op, [k, v]);
  if (window !== null) requireCount(op, "the window", window);
  const alike = k.ndim === 4 && v.ndim === 4 && sameShape(k.dims.slice(0, 3), v.dims.slice(0, 3));
  if (alike && k.isAbstract === v.isAbstract) return;
  throw new ShapeError(
    `${op}: takes k and v [B, g, n, d] of as many positions, got ${showShape(k.dims)} and ${showShape(v.dims)}`,
    { op, shapes: [k.dims, v.dims] },
  );
}

/** How many of `length` positions the last `queries` of them see. A symbolic length is not cut. */
function withinWindow(length: Size, queries: Size, window: number): Size {
  if (!isKnown(length) || !isKnown(queries)) return length;
  return Math.min(Number(length), Number(queries) + window - 1);
}

const extended = (x: Tensor, length: Size): Tensor =>
  abstractTensor([...x.dims.slice(0, -2), length, x.dims.at(-1)!], x.dtype);

/** Copies x behind the `past` positions of `rows`, which move to a larger array when there is no room. */
function write(rows: Tensor | undefined, past: number, x: Tensor): Tensor {
  const [length, width] = x.sizes.slice(-2) as [number, number];
  const needed = past + length;
  if (rows !== undefined) checkAlike(rows, past, x);
  const kept = rows !== undefined && capacityOf(rows) >= needed ? rows : grown(rows, past, needed, x);
  const step = x.strides[x.ndim - 1];
  let row = 0;
  forEachOffset(rowStarts(x), (from) => {
    const to = (Math.floor(row / length) * capacityOf(kept) + past + (row++ % length)) * width;
    copyRow(x.elements, from, step, kept.elements, to, width);
  });
  return kept;
}

/** Fails unless x differs from the rows before in their number alone. */
function checkAlike(rows: Tensor, past: number, x: Tensor): void {
  const details = { op: "KeyValueCache", shapes: [x.dims] };
  if (!sameShape(rows.sizes.toSpliced(-2, 1, 0), x.sizes.toSpliced(-2, 1, 0))) {
    const held = showShape(rows.sizes.toSpliced(-2, 1, past));
    throw new ShapeError(
      `the cache holds ${held}; ${showShape(x.dims)} is of another batch, head count or width`,
      details,
    );
  }
  if (rows.dtype !== x.dtype) {
    throw new DTypeError(`the cache holds ${rows.dtype}, got ${x.dtype} ${showShape(x.dims)}`, details);
  }
}

const capacityOf = (rows: Tensor): number => rows.sizes[rows.ndim - 2];

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

/** Room for `needed` positions or more, with the first `past` of `rows` in it. */
function grown(
  rows: Tensor | undefined,
  past: number,
  needed: number,
  { dims, sizes, dtype }: Tensor,
): Tensor {
  const before = rows === undefined ? 0 : capacityOf(rows);
  const capacity = Math.max(needed, 2 * before);
  const width = sizes[sizes.length - 1];
  const blocks = countElements(sizes.slice(0, -2)) as number;
  const elements = allocate(dtype, blocks * capacity * width);
  const made = fromElements(elements, dims.with(dims.length - 2, capacity), dtype);
  if (rows === undefined) return made;
  for (let block = 0; block < blocks; block++) {
    const from = block * before * width;
    const filled = rows.elements.subarray(from, from + past * width);
    (elements as Float64Array).set(filled as Float64Array, block * capacity * width); // one array type
  }
  return made;
}

/** The last `seen` of `end` positions, [B, g, seen, d], without copying. */
function view(rows: Tensor, end: number, seen: number): Tensor {
  const { dims, strides, sizes } = rows;
  return rows.withView({
    dims: dims.with(rows.ndim - 2, seen),
    strides,
    offset: (end - seen) * sizes[rows.ndim - 1],
  });
}
