import { describe } from "../base/describe.js";
import { ConfigError, DTypeError, LintelError, ShapeError } from "../base/errors.js";
import { countElements, isKnown, showShape, sizeValue, type Size } from "../shape/dim.js";
import type { Dim } from "../shape/types/dim.js";
import type { DimsOf, ShapeView } from "../shape/types/size.js";
import { allocate, type DType, type Elements } from "./dtype.js";
import { nestElements, readElement, type NestedValues } from "./element.js";
import { decodeHalves } from "./half.js";
import { printValues } from "./print.js";
import { checkParts, checkReach, type Storage, type TensorParts } from "./parts.js";
import { contiguousStrides, isContiguous } from "./strides.js";
import { asWords, moveElement, wordsOf } from "./words.js";

/** Everything that describes a tensor but its elements. */
export interface TensorSpec {
  readonly dims: readonly Size[];
  readonly dtype: DType;
  readonly strides: readonly Size[];
}

/**
 * An n-dimensional array: a shape, a dtype, and elements reached through strides.
 *
 * A tensor without storage is *abstract*: operations compute its shape and cost and nothing else.
 * Tensors are immutable values; views share their elements.
 *
 * @typeParam S the shape as a tuple of literals, e.g. `["B", 512, 768]`; plain `Tensor` has unknown rank
 *
 * @example
 * const x: Tensor<[2, 2]> = tensor([[1, 2], [3, 4]]);
 * x.matmul(x).sum(0).toArray(); // [22, 32]
 */
export class Tensor<S = Dim[]> {
  /** Carries the shape for the type checker; never present at run time. */
  declare readonly "~dims": DimsOf<S>;
  /**
   * Sizes, with the names that `dim(name, size)` gave them.
   *
   * @example
   * zeros([dim("B", 2), 3]).dims; // [B, 3]
   */
  readonly dims: readonly Size[];
  /**
   * One of `dtypes`.
   *
   * @example
   * tensor([true]).dtype; // "bool"
   */
  readonly dtype: DType;
  /**
   * Steps between neighbours along each axis, in elements.
   *
   * @example
   * zeros([2, 3]).transpose().strides; // [1, 3]
   */
  readonly strides: readonly number[];
  /**
   * Where the first element is in the storage, in elements.
   *
   * @example
   * zeros([2, 3]).select(0, 1).offset; // 3
   */
  readonly offset: number;
  readonly storage: Storage | undefined;
  readonly #sizes: readonly number[] | undefined;

  constructor(parts: TensorParts) {
    checkParts(parts);
    this.dims = parts.dims;
    this.dtype = parts.dtype;
    this.storage = parts.storage;
    this.offset = parts.offset ?? 0;
    this.#sizes = sizesOf(parts.dims);
    if (parts.storage !== undefined && this.#sizes === undefined) {
      throw new ShapeError(`a tensor with data needs sizes for all dims, got ${showShape(parts.dims)}`, {
        shapes: [parts.dims],
      });
    }
    // Strides of abstract tensors may be symbolic; the declared type is what holders of data see.
    this.strides = (parts.strides ?? contiguousStrides(this.#sizes ?? parts.dims)) as readonly number[];
    if (parts.storage !== undefined && "elements" in parts.storage) {
      checkReach(this.sizes, this.strides, this.offset, parts.storage.elements.length);
    }
  }

  /**
   * The size of every axis: numbers, or symbolic sizes when the tensor is abstract and a name has no size.
   *
   * @example
   * zeros([2, 3]).shape; // [2, 3]
   * input(["B", 3]).shape; // [B, 3]
   */
  get shape(): ShapeView<S> {
    return (this.#sizes ?? this.dims) as ShapeView<S>;
  }

  /**
   * The size of every axis as numbers. Throws `ShapeError` when a name has no size.
   *
   * @example
   * zeros([dim("B", 2), 3]).sizes; // [2, 3]
   * input(["B", 3]).sizes; // throws ShapeError
   */
  get sizes(): readonly number[] {
    return this.#sizes ?? this.dims.map(sizeValue);
  }

  /**
   * The number of axes.
   *
   * @example
   * zeros([2, 3]).ndim; // 2
   */
  get ndim(): number {
    return this.dims.length;
  }

  /**
   * The number of elements. Throws `ShapeError` when a name has no size.
   *
   * @example
   * zeros([2, 3]).size; // 6
   */
  get size(): number {
    return sizeValue(countElements(this.#sizes ?? this.dims));
  }

  /**
   * `"cpu"`, another device's name, or `"abstract"`.
   *
   * @example
   * input([2]).device; // "abstract"
   */
  get device(): string {
    return this.storage?.device ?? "abstract";
  }

  /**
   * Whether it has a shape and no data.
   *
   * @example
   * input([2]).isAbstract; // true
   */
  get isAbstract(): boolean {
    return this.storage === undefined;
  }

  /**
   * Whether the elements lie in row-major order without gaps.
   *
   * @example
   * zeros([2, 3]).transpose().isContiguous; // false
   */
  get isContiguous(): boolean {
    return isContiguous(this.#sizes ?? this.dims, this.strides);
  }

  /**
   * The raw elements behind this view, shared, in storage order. For kernels; use `dataSync` to read values.
   * Throws `LintelError` when the tensor is abstract or lives on another device.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).transpose().elements; // [1, 2, 3, 4]
   */
  get elements(): Elements {
    if (this.storage !== undefined && "elements" in this.storage) return this.storage.elements;
    throw this.#noData();
  }

  /**
   * A copy of the values in row-major order: half types as `Float32Array`, `int64` as `BigInt64Array`, `bool`
   * as 0 and 1. Works on CPU tensors; `data()` works everywhere. Throws `LintelError` when there are none.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).transpose().dataSync(); // [1, 3, 2, 4]
   */
  dataSync(): Exclude<Elements, Uint16Array> {
    return readValues(this, this.elements);
  }

  /**
   * As `dataSync`, for every device.
   *
   * @example
   * await tensor([1, 2]).data(); // [1, 2]
   */
  async data(): Promise<Exclude<Elements, Uint16Array>> {
    if (this.storage === undefined) throw this.#noData();
    return readValues(this, "read" in this.storage ? await this.storage.read() : this.storage.elements);
  }

  /**
   * The values as nested arrays; a scalar gives the bare value. `bool` gives booleans, `int64` numbers, or
   * bigints beyond 2⁵³.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).toArray(); // [[1, 2], [3, 4]]
   * tensor([5n]).toArray(); // [5]
   */
  toArray(): NestedValues {
    return nestElements(this.dataSync(), this.dtype, this.sizes);
  }

  /**
   * The only value of a one-element tensor, as a number; `int64` beyond 2⁵³ is rounded. Throws `ShapeError`
   * for any other size.
   *
   * @example
   * tensor([[5]]).item(); // 5
   */
  item(): number {
    if (this.#sizes !== undefined && this.size === 1)
      return readElement(this.elements, this.dtype, this.offset);
    throw new ShapeError(
      `item: ${showShape(this.dims)} has ${this.#sizes === undefined ? "an unknown number of" : this.size} ` +
        `elements, not one; reduce it first or use .toArray()`,
      { op: "item", shapes: [this.dims] },
    );
  }

  /**
   * The same elements under another shape, steps and start. For view operations. Throws `ShapeError` when the view
   * would show more than there is.
   *
   * @example
   * tensor([1, 2, 3]).withView({ dims: [2, 2], strides: [1, 1] }).toArray(); // [[1, 2], [2, 3]]
   */
  withView(view: { dims: readonly Size[]; strides: readonly Size[]; offset?: number }): Tensor {
    if (typeof view !== "object" || view === null) {
      throw new ConfigError(`withView: takes { dims, strides, offset }, got ${describe(view)}`, {
        value: view,
      });
    }
    const { dims, strides, offset = this.offset } = view;
    return new Tensor({ dims, strides, offset, dtype: this.dtype, storage: this.storage });
  }

  /**
   * As NumPy prints arrays; abstract and remote tensors show shape, dtype and device.
   *
   * @example
   * String(tensor([1, 2.5])); // "tensor([1. , 2.5], float32)"
   */
  toString(): string {
    if (this.device === "cpu") return printValues(this.dataSync(), this.sizes, this.dtype);
    return `tensor(${showShape(this.dims)}, ${this.dtype}, ${this.device})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #noData(): LintelError {
    if (this.storage !== undefined) {
      return new LintelError(`the data is on '${this.device}': use await t.data()`, { device: this.device });
    }
    return new LintelError(
      `tensor ${showShape(this.dims)} is abstract: it has a shape and no data; ` +
        `run the same code on a tensor with data, or bind its names and load weights`,
      { shapes: [this.dims] },
    );
  }
}

/** Sizes as numbers; `undefined` when a name has none. */
function sizesOf(dims: readonly Size[]): readonly number[] | undefined {
  for (let i = 0; i < dims.length; i++) {
    if (typeof dims[i] !== "number") return dims.every(isKnown) ? dims.map(Number) : undefined;
  }
  return dims as readonly number[];
}

/** How a tensor walks its storage. */
export type Layout = Pick<Tensor, "sizes" | "strides" | "offset" | "size" | "isContiguous" | "dtype">;

function readValues(tensor: Layout, elements: Elements): Exclude<Elements, Uint16Array> {
  const { dtype } = tensor;
  const stored = storedInOrder(tensor, elements);
  if (dtype !== "float16" && dtype !== "bfloat16") return stored as Exclude<Elements, Uint16Array>;
  const values = new Float32Array(stored.length);
  decodeHalves(stored as Uint16Array, dtype, values);
  return values;
}

/** A copy of the stored elements in row-major order. */
function storedInOrder(tensor: Layout, elements: Elements): Elements {
  const { offset, size } = tensor;
  if (tensor.isContiguous) return elements.slice(offset, offset + size);
  const out = allocate(tensor.dtype, size);
  const [source, target, words] = [asWords(elements), asWords(out), wordsOf(out)];
  let i = 0;
  forEachOffset(tensor, (at) => moveElement(source, at, target, i++, words));
  return out;
}

/** Calls `visit` with the storage offset of every element, in row-major order. */
export function forEachOffset(
  tensor: Omit<Layout, "dtype" | "isContiguous">,
  visit: (offset: number) => void,
): void {
  const { sizes, strides, offset } = tensor;
  const last = sizes.length - 1;
  if (last < 0) return visit(offset);
  if (tensor.size === 0) return;
  const length = sizes[last];
  const step = strides[last];
  const index = sizes.map(() => 0);
  let start = offset;
  for (;;) {
    for (let i = 0, at = start; i < length; i++, at += step) visit(at);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      start += strides[axis];
      if (++index[axis] < sizes[axis]) break;
      start -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Fails unless every tensor has one of the given dtypes. */
export function requireDType(op: string, tensors: readonly TensorSpec[], allowed: readonly DType[]): void {
  for (const { dtype } of tensors) {
    if (allowed.includes(dtype)) continue;
    throw new DTypeError(`${op}: dtype ${dtype} is not supported; use ${allowed.join(", ")} (see .cast)`, {
      op,
      dtype,
    });
  }
}
