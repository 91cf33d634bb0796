// Functions that make tensors, typed.
import { namedSize } from "../../shape/dim.js";
import { bind as bindNames } from "../../tensor/bind.js";
import * as create from "../../tensor/create.js";
import type { CreateOptions, RandomOptions } from "../../tensor/create.js";
import type {
  ArangeFunction,
  BindFunction,
  CreateFunction,
  DimFunction,
  EyeFunction,
  FullFunction,
  LikeFunction,
  LinspaceFunction,
  RandIntFunction,
  ScalarFunction,
  TensorFunction,
} from "../signatures/creation.js";

/**
 * A named size: `dim("B", 32)` is 32 in arithmetic and "B" in shapes; without a value it stays a name.
 *
 * @example
 * zeros([dim("B", 2), 3]).dims; // [B, 3]
 */
export const dim = namedSize as unknown as DimFunction;
/**
 * An abstract tensor, a shape without data: operations on it compute shapes and costs. Default dtype float32.
 *
 * @example
 * matmul(input(["B", 768]), input([768, 10])).shape; // [B, 10]
 */
export const input = create.input as CreateFunction<CreateOptions>;
/**
 * A tensor from nested numbers (float32), booleans (`bool`) or bigints (`int64`), copied, or from a typed
 * array, shared. Throws `ShapeError` for ragged arrays or a shape of another element count.
 *
 * @example
 * tensor([[1, 2, 3]]).shape; // [1, 3]
 * tensor(new Float32Array(6), { shape: [2, 3] }).shape; // [2, 3]
 */
export const tensor = create.tensor as TensorFunction;
/**
 * A tensor without axes.
 *
 * @example
 * scalar(2).shape; // []
 */
export const scalar = create.scalar as ScalarFunction;
/**
 * All 0; abstract when a name in the shape has no size. Default dtype float32.
 *
 * @example
 * zeros([2, 2]).toArray(); // [[0, 0], [0, 0]]
 */
export const zeros = create.zeros as CreateFunction<CreateOptions>;
/**
 * All 1; abstract when a name in the shape has no size. Default dtype float32.
 *
 * @example
 * ones([2, 2]).toArray(); // [[1, 1], [1, 1]]
 */
export const ones = create.ones as CreateFunction<CreateOptions>;
/**
 * One value everywhere. Default dtype float32.
 *
 * @example
 * full([2], 7).toArray(); // [7, 7]
 */
export const full = create.full as FullFunction;
/**
 * The identity, or a rectangle with ones on its `diagonal`-th diagonal: [rows, columns], NumPy's `eye`.
 *
 * @example
 * eye(2).toArray(); // [[1, 0], [0, 1]]
 * eye(2, 3, { diagonal: 1 }).toArray(); // [[0, 1, 0], [0, 0, 1]]
 * eye(2, { dtype: "float64" }).dtype; // "float64"
 */
export const eye = create.eye as EyeFunction;
/**
 * start, start + step, … below end, as NumPy's `arange`; int32 when all three are integers, else float32.
 * Throws `ConfigError` for a step of 0.
 *
 * @example
 * arange(3).toArray(); // [0, 1, 2]
 * arange(3, { dtype: "float32" }).dtype; // "float32"
 * arange(0, 1, 0.25).toArray(); // [0, 0.25, 0.5, 0.75]
 */
export const arange = create.arange as ArangeFunction;
/**
 * `count` (default 50) evenly spaced values, both ends included.
 *
 * @example
 * linspace(0, 1, 3).toArray(); // [0, 0.5, 1]
 */
export const linspace = create.linspace as LinspaceFunction;
/**
 * Standard normal values from a seed (default 0), the same on every machine; see `Random`.
 *
 * @example
 * randn([2, 3], { seed: 7 }).shape; // [2, 3]
 * randn([1000]).mean().item(); // -0.0305…
 */
export const randn = create.randn as CreateFunction<RandomOptions>;
/**
 * Uniform values in [0, 1) from a seed (default 0), the same on every machine; see `Random`.
 *
 * @example
 * rand([2], { seed: 7 }).toArray(); // [0.92722…, 0.37967…]
 */
export const rand = create.rand as CreateFunction<RandomOptions>;
/**
 * Uniform integers in [low, high) from a seed (default 0), int32 by default. Throws `ConfigError` for an
 * empty range.
 *
 * @example
 * randint(0, 10, [5], { seed: 7 }).toArray(); // [9, 3, 5, 5, 8]
 */
export const randint = create.randint as RandIntFunction;
/**
 * Zeros of the shape and dtype of x.
 *
 * @example
 * zerosLike(arange(2)).toArray(); // [0, 0]
 */
export const zerosLike = create.zerosLike as LikeFunction;
/**
 * Ones of the shape and dtype of x.
 *
 * @example
 * onesLike(arange(2)).toArray(); // [1, 1]
 */
export const onesLike = create.onesLike as LikeFunction;
/**
 * Names in the shape replaced by sizes or other names. Throws `ShapeError` when the data has another size.
 *
 * @example
 * bind(input(["B", "n", 768]), { B: 32 }).shape; // [32, n, 768]
 */
export const bind = bindNames as BindFunction;
