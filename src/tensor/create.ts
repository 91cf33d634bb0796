import { readOptions, requireNumber } from "../base/options.js";
import { describe } from "../base/describe.js";
import { ConfigError, DTypeError, ShapeError } from "../base/errors.js";
import { checkRange, Random } from "../base/random.js";
import {
  countElements,
  isKnown,
  sameSize,
  showShape,
  sizeValue,
  toShape,
  type Size,
  type SizeLike,
} from "../shape/dim.js";
import { allocate, checkDType, isArrayOf, isFloat, type DType, type Elements } from "./dtype.js";
import { fillElements, writeElement, writeElements } from "./element.js";
import { readNested, type NestedInput } from "./nested.js";
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
  return new Tensor({ dims: toShape(shape), dtype: checkDType(dtype) });
}

/**
 * An abstract tensor: what a model is given when it is to be checked or priced instead of run.
 *
 * @example
 * model.forward(input(["B", "seq"], { dtype: "int32" }));
 */
export const input = (shape: readonly SizeLike[], options: CreateOptions = {}): Tensor =>
  abstractTensor(shape, dtypeOption("input", options));

const dtypeOption = (op: string, options: CreateOptions): DType =>
  readOptions(op, options, ["dtype"]).dtype ?? "float32";

/** A zero tensor ready to be written; abstract when a name in the shape has no size. */
function allocateTensor(shape: readonly SizeLike[], dtype: DType): Tensor {
  const dims = toShape(shape);
  if (!dims.every(isKnown)) return abstractTensor(dims, dtype);
  return fromElements(allocate(checkDType(dtype), sizeValue(countElements(dims))), dims, dtype);
}

/** Values that are computed before they are stored: few enough to stay in the cache. */
const CHUNK = 1024;

/** Fills a new tensor from a function of the row-major position. */
export function fromFunction(
  shape: readonly SizeLike[],
  dtype: DType,
  value: (position: number) => number,
): Tensor {
  const made = allocateTensor(shape, dtype);
  if (made.isAbstract) return made;
  const { elements } = made;
  const values = new Float64Array(Math.min(CHUNK, elements.length));
  for (let first = 0; first < elements.length; first += CHUNK) {
    const count = Math.min(CHUNK, elements.length - first);
    for (let i = 0; i < count; i++) values[i] = value(first + i);
    writeElements(elements, dtype, first, values.subarray(0, count));
  }
  return made;
}

export function zeros(shape: readonly SizeLike[], options: CreateOptions = {}): Tensor {
  return allocateTensor(toShape(shape), dtypeOption("zeros", options));
}

export function full(shape: readonly SizeLike[], value: number, options: CreateOptions = {}): Tensor {
  const dtype = dtypeOption("full", options);
  if (typeof value !== "number") {
    throw new DTypeError(`full: the value must be a number, got ${describe(value)}`, { op: "full", value });
  }
  const made = allocateTensor(shape, dtype);
  if (!made.isAbstract && !Object.is(value, 0)) fillElements(made.elements, dtype, value);
  return made;
}

export function ones(shape: readonly SizeLike[], options: CreateOptions = {}): Tensor {
  return full(toShape(shape), 1, { dtype: dtypeOption("ones", options) });
}

/** Whether an argument is the options, given where a positional one that may be left out would stand. */
const isOptions = (value: unknown): value is CreateOptions =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export interface EyeOptions extends CreateOptions {
  readonly diagonal?: number;
}

/** The identity, or a rectangle with ones on its `diagonal`-th diagonal. */
export function eye(rows: SizeLike, columns?: SizeLike | EyeOptions, options: EyeOptions = {}): Tensor {
  if (isOptions(columns)) return eye(rows, undefined, columns);
  const { dtype = "float32", diagonal = 0 } = readOptions("eye", options, ["dtype", "diagonal"]);
  const made = allocateTensor([rows, columns ?? rows], dtype);
  if (made.isAbstract) return made;
  const [height, width] = made.sizes;
  for (let i = Math.max(0, -diagonal); i < Math.min(height, width - diagonal); i++) {
    writeElement(made.elements, dtype, i * width + i + diagonal, 1);
  }
  return made;
}

/** `start, start + step, …` up to but without `end`; with one argument, from 0. Integers give int32 where it holds them. */
export function arange(
  start: number,
  end?: number | CreateOptions,
  step: number | CreateOptions = 1,
  options: CreateOptions = {},
): Tensor {
  if (isOptions(end)) return arange(0, start, 1, end);
  if (isOptions(step)) return arange(start, end, 1, step);
  const { dtype } = readOptions("arange", options, ["dtype"]);
  const [from, to] = end === undefined ? [0, start] : [start, end];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new ConfigError(
      `arange: from ${describe(from)} to ${describe(to)} in steps of ${describe(step)} never ends`,
      { from, to, step },
    );
  }
  const length = Math.max(0, Math.ceil((to - from) / step));
  const integers = [from, to, step].every(Number.isInteger);
  const fitsInt32 = [from, from + (length - 1) * step].every((value) => value === Math.trunc(value) >> 0);
  const natural = !integers ? "float32" : fitsInt32 ? "int32" : "int64";
  return fromFunction([length], dtype ?? natural, (i) => from + i * step);
}

/** `count` evenly spaced values from `start` to `end`, both included. */
export function linspace(
  start: number,
  end: number,
  count: number | CreateOptions = 50,
  options: CreateOptions = {},
): Tensor {
  if (isOptions(count)) return linspace(start, end, 50, count);
  const dtype = dtypeOption("linspace", options);
  requireNumber("linspace", "start", start);
  requireNumber("linspace", "end", end);
  return fromFunction([count], dtype, (i) =>
    i === count - 1 && i > 0 ? end : start + ((end - start) * i) / (count - 1 || 1),
  );
}

function requireFloat(op: string, dtype: DType): void {
  if (isFloat(checkDType(dtype))) return;
  throw new DTypeError(`${op}: gives fractions, which ${dtype} cannot hold; use randint for integers`, {
    op,
    dtypes: [dtype],
  });
}

/** Standard normal values. */
export function randn(shape: readonly SizeLike[], options: RandomOptions = {}): Tensor {
  const dims = toShape(shape); // first: randn(2, 3) lacks a list, not an option
  const { dtype = "float32", seed = 0 } = readOptions("randn", options, ["dtype", "seed"]);
  requireFloat("randn", dtype);
  const random = new Random(seed);
  return fromFunction(dims, dtype, () => random.normal());
}

/** Significant bits of the floats: more would round up to 1. */
const significand: Partial<Record<DType, number>> = { float32: 24, float16: 11, bfloat16: 8 };

/** Uniform values in [0, 1), multiples of the last bit below 1. */
export function rand(shape: readonly SizeLike[], options: RandomOptions = {}): Tensor {
  const dims = toShape(shape);
  const { dtype = "float32", seed = 0 } = readOptions("rand", options, ["dtype", "seed"]);
  requireFloat("rand", dtype);
  const random = new Random(seed);
  const scale = 2 ** (significand[dtype] ?? 53);
  return fromFunction(dims, dtype, () => Math.floor(random.uniform() * scale) / scale);
}

/** Uniform integers in [low, high). Throws `ConfigError` when there is none, or a bound is beyond 2⁵³. */
export function randint(
  low: number,
  high: number,
  shape: readonly SizeLike[],
  options: RandomOptions = {},
): Tensor {
  const { dtype = "int32", seed = 0 } = readOptions("randint", options, ["dtype", "seed"]);
  checkRange("randint", low, high);
  const random = new Random(seed);
  return fromFunction(shape, dtype, () => random.integer(low, high));
}

export const zerosLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  fullLike("zerosLike", x, 0, options);

export const onesLike = (x: Tensor, options: CreateOptions = {}): Tensor =>
  fullLike("onesLike", x, 1, options);

function fullLike(op: string, x: Tensor, value: number, options: CreateOptions): Tensor {
  if (!(x instanceof Tensor)) {
    throw new DTypeError(`${op}: not a tensor but ${describe(x)}; wrap it in tensor(…)`, { op });
  }
  const { dtype = x.dtype } = readOptions(op, options, ["dtype"]);
  return full(x.dims, value, { dtype });
}

/** A tensor without axes. */
export const scalar = (value: number, options: CreateOptions = {}): Tensor => full([], value, options);
/** Typed arrays that become a tensor without being copied. */
type InputElements = Exclude<Elements, Uint16Array>;

function dtypeOfArray(data: InputElements): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof BigInt64Array) return "int64";
  if (data instanceof Uint8Array) return "uint8";
  const given = (data as object).constructor.name;
  throw new DTypeError(`tensor: no dtype is stored in ${given}; copy it, e.g. Int32Array.from(data)`, {
    given,
  });
}

/**
 * A tensor from nested arrays (copied) or from a typed array (shared, with an explicit shape).
 * Nested numbers become float32, booleans `bool`, bigints `int64`, unless `dtype` says otherwise.
 * Throws `ShapeError` for ragged arrays or a shape of another element count, `DTypeError` for values or arrays that no
 * dtype holds.
 *
 * @example
 * tensor([[1, 2], [3, 4]]);
 * tensor(new Float32Array(6), { shape: [2, 3] });
 */
export function tensor(
  data: NestedInput | InputElements | Elements,
  options: CreateOptions & { readonly shape?: readonly SizeLike[] } = {},
): Tensor {
  const given = readOptions("tensor", options, ["dtype", "shape"]);
  const shape = given.shape === undefined ? undefined : toShape(given.shape);
  if (ArrayBuffer.isView(data)) return fromTypedArray(data, shape ?? [data.length], given.dtype);
  const { elements, sizes, dtype } = readNested(data, given.dtype);
  return reshaped(elements, shape ?? sizes, dtype);
}

function fromTypedArray(data: Elements, shape: readonly Size[], wanted: DType | undefined): Tensor {
  if (data instanceof Uint16Array) {
    if (wanted === "float16" || wanted === "bfloat16") return reshaped(data, shape, wanted);
    throw new DTypeError("tensor: 16-bit data needs { dtype: 'float16' } or { dtype: 'bfloat16' }", {});
  }
  const own = dtypeOfArray(data);
  const dtype = wanted === undefined ? own : checkDType(wanted);
  // A byte may be anything; a truth value is 0 or 1.
  const shared =
    isArrayOf(dtype, data) && (dtype !== "bool" || (data as Uint8Array).every((byte) => byte <= 1));
  if (shared) return reshaped(data, shape, dtype);
  const elements = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) writeElement(elements, dtype, i, Number(data[i]));
  return reshaped(elements, shape, dtype);
}

function reshaped(elements: Elements, dims: readonly Size[], dtype: DType): Tensor {
  const count = countElements(dims);
  if (sameSize(count, elements.length)) return fromElements(elements, dims, dtype);
  throw new ShapeError(
    `tensor: ${elements.length} values do not fill the shape ${showShape(dims)}, which has ${count} elements`,
    { op: "tensor", shapes: [dims], count: elements.length },
  );
}
