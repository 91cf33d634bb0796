import type { Kernel } from "../../op/define.js";
import { broadcastView, readValues, writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { DistanceAttributes, Metric } from "./metric.js";

/** The distance of d coordinates of x from place p and of y from place q, in float64. */
type Distance = (x: Float64Array, p: number, y: Float64Array, q: number, d: number) => number;

/** Every pair by its definition, coordinate by coordinate: close points lose nothing. */
export const distancesReference: Kernel<DistanceAttributes> = ([x, y], [out], { metric }) => {
  const [X, Y] = pointSets(x, y, out);
  const d = x.sizes.at(-1)!;
  const distance = distances[metric];
  const [n, m] = out.sizes.slice(-2);
  writeValues(
    out,
    Float64Array.from({ length: out.size }, (_, at) => {
      const row = Math.floor(at / m);
      const batch = Math.floor(row / n);
      return distance(X, row * d, Y, (batch * m + (at % m)) * d, d);
    }),
  );
};

/** Both sets as float64, repeated for every batch of the result. */
export function pointSets(x: Tensor, y: Tensor, out: Tensor): [Float64Array, Float64Array] {
  const batch = out.sizes.slice(0, -2);
  const spread = (points: Tensor): Float64Array =>
    readValues(broadcastView(points, [...batch, ...points.sizes.slice(-2)]));
  return [spread(x), spread(y)];
}

/** Σ(x − y)². */
export const squaredDistance: Distance = (x, p, y, q, d) => {
  let total = 0;
  for (let i = 0; i < d; i++) total += (x[p + i] - y[q + i]) ** 2;
  return total;
};

/** √Σc², scaled by the largest where the squares overflow or vanish. */
function rootOfSquares(d: number, coordinate: (i: number) => number): number {
  let [total, largest] = [0, 0];
  for (let i = 0; i < d; i++) {
    total += coordinate(i) ** 2;
    largest = Math.max(largest, Math.abs(coordinate(i)));
  }
  if ((total > 2 ** -900 && total < Infinity) || largest === 0 || !Number.isFinite(largest))
    return Math.sqrt(total);
  total = 0;
  for (let i = 0; i < d; i++) total += (coordinate(i) / largest) ** 2;
  return largest * Math.sqrt(total);
}

export const euclidean: Distance = (x, p, y, q, d) => rootOfSquares(d, (i) => x[p + i] - y[q + i]);

/** The length of one point. */
export const lengthOf = (x: Float64Array, p: number, d: number): number => rootOfSquares(d, (i) => x[p + i]);

const manhattan: Distance = (x, p, y, q, d) => {
  let total = 0;
  for (let i = 0; i < d; i++) total += Math.abs(x[p + i] - y[q + i]);
  return total;
};

/** 1 − cos as ½‖x/‖x‖ − y/‖y‖‖²: nearly parallel vectors lose nothing. The zero vector is orthogonal to all. */
const cosine: Distance = (x, p, y, q, d) => {
  const [xNorm, yNorm] = [lengthOf(x, p, d), lengthOf(y, q, d)];
  if (xNorm === 0 || yNorm === 0) return 1;
  let total = 0;
  for (let i = 0; i < d; i++) total += (x[p + i] / xNorm - y[q + i] / yNorm) ** 2;
  return total / 2;
};
const distances: Readonly<Record<Metric, Distance>> = {
  euclidean,
  sqeuclidean: squaredDistance,
  manhattan,
  cosine,
};
