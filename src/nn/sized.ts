// Layers whose sizes come out of a config file: the shapes of their inputs are then checked when they run.
import { Embedding } from "./embedding.js";
import { LayerNorm, type LayerNormOptions } from "./layer-norm.js";
import { Linear, type LinearOptions } from "./linear.js";
import type { ParameterOptions } from "./parameters.js";
import { RMSNorm, type RMSNormOptions } from "./rms-norm.js";

type Constructor<Inputs extends readonly unknown[], Made> = new (...inputs: Inputs) => Made;

/** The same class, with constructor arguments that the compiler does not know. */
export const sized = <Inputs extends readonly unknown[], Made>(layer: Constructor<never, Made>) =>
  layer as Constructor<Inputs, Made>;

export type SizedLinear = Linear;
/**
 * `Linear` for sizes that come out of a config file: the shape of x is checked when it runs.
 *
 * @example
 * new SizedLinear(2 * 2, 3).forward(zeros([5, 4])).shape; // [5, 3]
 */
export const SizedLinear = sized<[inputs: number, outputs: number, options?: LinearOptions], SizedLinear>(
  Linear,
);

export type SizedEmbedding = Embedding;
/**
 * `Embedding` for sizes that come out of a config file.
 *
 * @example
 * new SizedEmbedding(10 * 10, 4).weight.shape; // [100, 4]
 */
export const SizedEmbedding = sized<
  [rows: number, width: number, options?: ParameterOptions],
  SizedEmbedding
>(Embedding);

export type SizedLayerNorm = LayerNorm;
/**
 * `LayerNorm` for a width that comes out of a config file.
 *
 * @example
 * new SizedLayerNorm(2 * 2).forward(zeros([5, 4])).shape; // [5, 4]
 */
export const SizedLayerNorm = sized<[width: number, options?: LayerNormOptions], SizedLayerNorm>(LayerNorm);

export type SizedRMSNorm = RMSNorm;
/**
 * `RMSNorm` for a width that comes out of a config file.
 *
 * @example
 * new SizedRMSNorm(2 * 2).forward(zeros([5, 4])).shape; // [5, 4]
 */
export const SizedRMSNorm = sized<[width: number, options?: RMSNormOptions], SizedRMSNorm>(RMSNorm);
