import type { Lowering } from "../../op/lower.js";
import { allOf, behind, broadcastSteps, isDense, lowerMatrixVector, offsetsOf } from "../lower.js";

/** One matrix-vector product for every row of a: y[i] = bᵀ a[i]. */
export const lowerMatmul: Lowering<undefined> = ([a, b], y) => {
  if (a.dims.length < 2 || b.dims.length < 2 || !isDense(a)) return undefined;
  const lead = y.dims.slice(0, -2);
  const [k, n] = b.dims.slice(-2);
  const [columnStep, rowStep] = b.strides.slice(-2);
  const aSteps = broadcastSteps(a, [...lead, ...a.dims.slice(-2)]).slice(0, -1);
  const bSteps = [...broadcastSteps(b, [...lead, k, n]).slice(0, -2), 0];
  const offsets = offsetsOf(y.dims.slice(0, -1), [aSteps, bSteps, y.strides.slice(0, -1)]);
  return (
    offsets &&
    allOf(
      offsets.map(([p, q, o]) =>
        lowerMatrixVector(
          { at: behind(b.at, q), rows: n, k, rowStep, columnStep },
          behind(a.at, p),
          behind(y.at, o),
        ),
      ),
    )
  );
};
