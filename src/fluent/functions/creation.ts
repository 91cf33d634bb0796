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

/** A named size: `dim("B", 32)` is 32 in arithmetic and "B" in shapes. */
export const dim = namedSize as unknown as DimFunction;
/** An abstract tensor: operations on it compute shapes and costs. */
export const input = create.input as CreateFunction<CreateOptions>;
/** From nested arrays (copied) or a typed array (shared). */
export const tensor = create.tensor as TensorFunction;
/** A tensor without axes. */
export const scalar = create.scalar as ScalarFunction;
/** All 0. */
export const zeros = create.zeros as CreateFunction<CreateOptions>;
/** All 1. */
export const ones = create.ones as CreateFunction<CreateOptions>;
/** One value everywhere. */
export const full = create.full as FullFunction;
/** The identity, or a rectangle with ones on a diagonal. */
export const eye = create.eye as EyeFunction;
/** start, start + step, … below end. */
export const arange = create.arange as ArangeFunction;
/** Evenly spaced values, both ends included. */
export const linspace = create.linspace as LinspaceFunction;
/** Standard normal values. */
export const randn = create.randn as CreateFunction<RandomOptions>;
/** Uniform values in [0, 1). */
export const rand = create.rand as CreateFunction<RandomOptions>;
/** Uniform integers in [low, high). */
export const randint = create.randint as RandIntFunction;
/** Zeros of the shape and dtype of x. */
export const zerosLike = create.zerosLike as LikeFunction;
/** Ones of the shape and dtype of x. */
export const onesLike = create.onesLike as LikeFunction;
/** Names in the shape replaced by sizes. */
export const bind = bindNames as BindFunction;
