import { ConfigError, DTypeError, ShapeError } from "../base/errors.js";
import { Random } from "../base/random.js";
import {
  countElements,
  isKnown,
  sameSize,
  showShape,
  sizeValue,
  toSize,
  type Size,
  type SizeLike,
} from "../shape/dim.js";
import { allocate, checkDType, isArrayOf, type DType, type Elements } from "./dtype.js";
import { writeElement } from "./element.js";
import { Tensor } from "./tensor.js";

export interface CreateOptions {
  /** Default `"float32"`. */
  readonly dtype?: DType;
}

export interface RandomOptions extends CreateOptions {
  /** Equal seeds give equal tensors on every machine. Default 0. */
  readonly seed?: number;
}

/** A CPU tensor around existing row-major elements, not copied. */
export function fromElements(elements: Elements, dims: readonly Size[], dtype: DType): Tensor {
  return new Tensor({ dims, dtype, storage: { device: "cpu", elements } });
}

/** A tensor with a shape and no data: operations on it compute shapes and costs. */
export function abstractTensor(shape: readonly SizeLike[], dtype: DType = "float32"): Tensor {
  return new Tensor({ dims: shape.map(toSize), dtype: checkDType(dtype) });
}

/**
 * An abstract tensor: what a model is given when it is to be checked or priced instead of run.
 *
 * @example
 * model.forward(input(["B", "seq"], { dtype: "int32" }));
 */
export const input = (shape: readonly SizeLike[], { dtype = "float32" }: CreateOptions = {}): Tensor =>
  abstractTensor(shape, dtype);

/** A zero tensor ready to be written; abstract when a name in the shape has no size. */
function allocateTensor(shape: readonly SizeLike[], dtype: DType): Tensor {
  const dims = shape.map(toSize);
  if (!dims.every(isKnown)) return abstractTensor(dims, dtype);
  return fromElements(allocate(checkDType(dtype), sizeValue(countElements(dims))), dims, dtype);
}

/** Fills a new tensor from a function of the row-major position. */
function fill(shape: readonly SizeLike[], dtype: DType, value: (position: number) => number): Tensor {
  const made = allocateTensor(shape, dtype);
  if (made.isAbstract) return made;
  for (let i = 0; i < made.elements.length; i++) writeElement(made.elements, dtype, i, value(i));
  return made;
}

export function zeros(shape: readonly SizeLike[], { dtype = "float32" }: CreateOptions = {}): Tensor {
  return allocateTensor(shape, dtype);
}

export function full(
  shape: readonly SizeLike[],
  value: number,
  { dtype = "float32" }: CreateOptions = {},
): Tensor {
  return fill(shape, dtype, () => value);
}

export function ones(shape: readonly SizeLike[], options: CreateOptions = {}): Tensor {
  return full(shape, 1, options);
}

/** The identity, or a rectangle with ones on its `diagonal`-th diagonal. */
export function eye(
  rows: SizeLike,
  columns: SizeLike = rows,
  { dtype = "float32", diagonal = 0 }: CreateOptions & { readonly diagonal?: number } = {},
): Tensor {
  const size = toSize(columns);
  const width = isKnown(size) ? sizeValue(size) : 0; // without a value the tensor is abstract, and never filled
  return fill([rows, columns], dtype, (i) => (i % width === Math.floor(i / width) + diagonal ? 1 : 0));
}

/** `start, start + step, …` up to but without `end`; with one argument, from 0. */
export function arange(start: number, end?: number, step = 1, { dtype }: CreateOptions = {}): Tensor {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new ConfigError(`arange: from ${from} to ${to} in steps of ${step} never ends`, { from, to, step });
  }
  const length = Math.max(0, Math.ceil((to - from) / step));
  const integers = [from, to, step].every(Number.isInteger);
  return fill([length], dtype ?? (integers ? "int32" : "float32"), (i) => from + i * step);
}

/** `count` evenly spaced values from `start` to `end`, both included. */
export function linspace(
  start: number,
  end: number,
  count = 50,
  { dtype = "float32" }: CreateOptions = {},
): Tensor {
  return fill([count], dtype, (i) =>
    i === count - 1 && i > 0 ? end : start + ((end - start) * i) / (count - 1 || 1),
  );
}

/** Standard normal values. */
export function randn(
  shape: readonly SizeLike[],
  { dtype = "float32", seed = 0 }: RandomOptions = {},
): Tensor {
  const random = new Random(seed);
  return fill(shape, dtype, () => random.normal());
}

/** Significant bits of the floats: more would round up to 1. */
const significand: Partial<Record<DType, number>> = { float32: 24, float16: 11, bfloat16: 8 };

/** Uniform values in [0, 1), multiples of the last bit below 1. */
export function rand(
  shape: readonly SizeLike[],
  { dtype = "float32", seed = 0 }: RandomOptions = {},
): Tensor {
  const random = new Random(seed);
  const scale = 2 ** (significand[dtype] ?? 53);
  return fill(shape, dtype, () => Math.floor(random.uniform() * scale) / scale);
}

/** Uniform integers in [low, high). */
export function randint(
  low: number,
  high: number,
  shape: readonly SizeLike[],
  { dtype = "int32", seed = 0 }: RandomOptions = {},
): Tensor {
  if (!(high > low)) throw new ConfigError(`randint: the range [${low}, ${high}) is empty`, { low, high });
  const random = new Random(seed);
  return fill(shape, dtype, () => random.integer(low, high));
}

export const zerosLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  zeros(x.dims, { dtype: x.dtype, ...options });

export const onesLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  ones(x.dims, { dtype: x.dtype, ...options });

/** A tensor without axes. */
export const scalar = (value: number, options: CreateOptions = {}): Tensor => full([], value, options);

/** Numbers, booleans or bigints, nested as deep as the tensor has axes. */
export type NestedInput = number | bigint | boolean | readonly NestedInput[];

/** Typed arrays that become a tensor without being copied. */
type InputElements = Exclude<Elements, Uint16Array>;

const dtypeOfArray = (data: InputElements): DType => {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  return data instanceof BigInt64Array ? "int64" : "uint8";
};

/**
 * A tensor from nested arrays (copied) or from a typed array (shared, with an explicit shape).
 * Nested numbers become float32, booleans `bool`, bigints `int64`, unless `dtype` says otherwise.
 * Throws `ShapeError` for ragged arrays or a shape of another element count.
 *
 * @example
 * tensor([[1, 2], [3, 4]]);
 * tensor(new Float32Array(6), { shape: [2, 3] });
 */
export function tensor(
  data: NestedInput | InputElements | Elements,
  options: CreateOptions & { readonly shape?: readonly SizeLike[] } = {},
): Tensor {
  if (ArrayBuffer.isView(data)) return fromTypedArray(data, options);
  const sizes: number[] = [];
  for (let level: unknown = data; Array.isArray(level); level = level[0]) sizes.push(level.length);
  const flat: (number | bigint | boolean)[] = [];
  flatten(data, sizes, 0, flat);
  const dtype = options.dtype ?? dtypeOfValue(flat[0]);
  const elements = allocate(checkDType(dtype), flat.length);
  flat.forEach((value, i) => {
    if (typeof value === "bigint" && dtype === "int64") elements[i] = value;
    else writeElement(elements, dtype, i, Number(value));
  });
  return reshaped(elements, options.shape?.map(toSize) ?? sizes, dtype);
}

const dtypeOfValue = (value: number | bigint | boolean | undefined): DType =>
  typeof value === "boolean" ? "bool" : typeof value === "bigint" ? "int64" : "float32";

function fromTypedArray(
  data: Elements,
  options: CreateOptions & { readonly shape?: readonly SizeLike[] },
): Tensor {
  const shape = options.shape?.map(toSize) ?? [data.length];
  if (data instanceof Uint16Array) {
    if (options.dtype === "float16" || options.dtype === "bfloat16")
      return reshaped(data, shape, options.dtype);
    throw new DTypeError("tensor: 16-bit data needs { dtype: 'float16' } or { dtype: 'bfloat16' }", {});
  }
  const own = dtypeOfArray(data);
  const dtype = checkDType(options.dtype ?? own);
  if (isArrayOf(dtype, data)) return reshaped(data, shape, dtype);
  const elements = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) writeElement(elements, dtype, i, Number(data[i]));
  return reshaped(elements, shape, dtype);
}

function reshaped(elements: Elements, dims: readonly Size[], dtype: DType): Tensor {
  const count = countElements(dims);
  if (sameSize(count, elements.length) || (isKnown(count) && Number(count) === elements.length)) {
    return fromElements(elements, dims, dtype);
  }
  throw new ShapeError(
    `tensor: ${elements.length} values do not fill the shape ${showShape(dims)}, which has ${count} elements`,
    { op: "tensor", shapes: [dims], count: elements.length },
  );
}

function flatten(
  data: NestedInput,
  sizes: readonly number[],
  axis: number,
  out: (number | bigint | boolean)[],
): void {
  if (!Array.isArray(data)) {
    if (axis !== sizes.length) throw ragged(sizes, axis);
    if (typeof data !== "number" && typeof data !== "bigint" && typeof data !== "boolean") {
      throw new DTypeError(`tensor: values must be numbers, booleans or bigints, got ${typeof data}`, {});
    }
    out.push(data);
    return;
  }
  if (data.length !== sizes[axis]) throw ragged(sizes, axis);
  for (const entry of data as readonly NestedInput[]) flatten(entry, sizes, axis + 1, out);
}

function ragged(sizes: readonly number[], axis: number): ShapeError {
  return new ShapeError(
    `tensor: nested arrays have different lengths along axis ${axis}; the first entries have shape ${showShape(sizes)}`,
    { op: "tensor", shapes: [sizes], axis },
  );
}
