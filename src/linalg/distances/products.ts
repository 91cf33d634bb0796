import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { fromElements } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import type { DistanceAttributes } from "./metric.js";
import { euclidean, lengthOf, pointSets, squaredDistance } from "./reference.js";

/** Pairs times coordinates below which the definition is as fast. */
const worthwhile = 2 ** 15;

/**
 * Squares up to this share of ‖x‖² + ‖y‖² are computed anew by the definition: ‖x‖² + ‖y‖² − 2x·y has an error of
 * d·ε·(‖x‖² + ‖y‖²), all of a small difference.
 */
const cancelled = (dtype: DType, d: number): number => (dtype === "float64" ? 2 ** -7 : d * 2 ** -28);

/** Squares below this have lost digits. */
const vanishing = 2 ** -900;

/** Far from overflow; NaN is not. */
const isModest = (square: number): boolean => square < 2 ** 1000;

/**
 * Squared distances as ‖x‖² + ‖y‖² − 2x·y with one matrix product in float64, whatever the dtype. Both sets are first
 * moved so that the mean of y is the origin, which leaves distances as they are and norms small.
 */
export const distancesByProducts: Kernel<DistanceAttributes> = ([x, y], [out], { metric }) => {
  const d = x.sizes.at(-1)!;
  if (metric === "manhattan" || out.size * d < worthwhile) return false;
  const [n, m] = out.sizes.slice(-2);
  const count = out.size / (n * m);
  const [X, Y] = pointSets(x, y, out);
  const withoutDirection = metric === "cosine" ? [normalise(X, d), normalise(Y, d)] : undefined;

  const [movedX, movedY] = [X.slice(), Y.slice()];
  for (let batch = 0; batch < count; batch++) {
    const set = movedY.subarray(batch * m * d, (batch + 1) * m * d);
    const mean = meanOf(set, d);
    move(set, mean);
    move(movedX.subarray(batch * n * d, (batch + 1) * n * d), mean);
  }
  const [xSquares, ySquares] = [squaredLengths(movedX, d), squaredLengths(movedY, d)];
  if (!xSquares.every(isModest) || !ySquares.every(isModest)) return false;

  const points = (values: Float64Array, rows: number) => fromElements(values, [count, rows, d], "float64");
  const products = matmul(points(movedX, n), transpose(points(movedY, m))).elements as Float64Array;
  const small = cancelled(out.dtype, d);
  const root = metric === "euclidean";
  const definition = root ? euclidean : squaredDistance;
  const values = new Float64Array(out.size);
  for (let row = 0; row < count * n; row++) {
    const batch = Math.floor(row / n);
    for (let j = 0; j < m; j++) {
      const column = batch * m + j;
      const lengths = xSquares[row] + ySquares[column];
      const square = lengths - 2 * products[row * m + j];
      const exact = square > small * lengths && lengths > vanishing;
      values[row * m + j] = !exact
        ? definition(X, row * d, Y, column * d, d)
        : root
          ? Math.sqrt(square)
          : square;
    }
  }
  if (withoutDirection !== undefined) {
    const [zeroX, zeroY] = withoutDirection;
    values.forEach((square, i) => {
      const row = Math.floor(i / m);
      values[i] = zeroX[row] || zeroY[Math.floor(row / n) * m + (i % m)] ? 1 : square / 2;
    });
  }
  writeValues(out, values);
};

/** Brings every point to length 1, in place; answers which have no direction. */
function normalise(values: Float64Array, d: number): Uint8Array {
  const zero = new Uint8Array(values.length / d);
  for (let p = 0; p < values.length; p += d) {
    const length = lengthOf(values, p, d);
    if (length === 0) zero[p / d] = 1;
    else for (let i = 0; i < d; i++) values[p + i] /= length;
  }
  return zero;
}

function meanOf(values: Float64Array, d: number): Float64Array {
  const mean = new Float64Array(d);
  const count = values.length / d;
  for (let p = 0; p < values.length; p++) mean[p % d] += values[p] / count;
  return mean;
}

function move(values: Float64Array, by: Float64Array): void {
  for (let p = 0; p < values.length; p++) values[p] -= by[p % by.length];
}

function squaredLengths(values: Float64Array, d: number): Float64Array {
  const squares = new Float64Array(values.length / d);
  for (let p = 0; p < values.length; p++) squares[Math.floor(p / d)] += values[p] ** 2;
  return squares;
}
