// What the solvers of linear systems share: which right-hand sides fit a matrix, and what is said when there is no answer.
import { LinAlgError, ShapeError } from "../../base/errors.js";
import { requireTensors } from "../../op/apply.js";
import { readValues, writeValues } from "../../op/loops.js";
import { cast } from "../../ops/cast/op.js";
import { batchOffsets } from "../../ops/wasm.js";
import { alignmentHint, alignShapes } from "../../shape/broadcast.js";
import { sameSize, showShape, type Size } from "../../shape/dim.js";
import { isFloat, promoteTypes, type DType } from "../../tensor/dtype.js";
import { requireDType, type Tensor, type TensorSpec } from "../../tensor/tensor.js";
import { requireFinite, squareAxes } from "./matrix.js";

/** The shape of X in A·X = B by NumPy 2's rule: b is one vector only if it is 1-D, otherwise a stack of matrices. */
export function systemShape(op: string, a: TensorSpec, b: TensorSpec): { dims: Size[]; dtype: DType } {
  const { batch, size } = squareAxes(op, a);
  requireDType(op, [b], ["float32", "float64", "float16", "bfloat16"]);
  const dtype = promoteTypes(a.dtype, b.dtype);
  const fail = (reason: string): never => {
    throw new ShapeError(`${op}: ${showShape(a.dims)} with ${showShape(b.dims)}: ${reason}`, {
      op,
      shapes: [a.dims, b.dims],
    });
  };
  if (b.dims.length === 0) return fail(`b must be [${size}] or [..., ${size}, k]`);
  const rows = b.dims.length === 1 ? b.dims[0] : b.dims.at(-2)!;
  if (!sameSize(rows, size)) {
    const stacked = b.dims.length > 1 && sameSize(b.dims.at(-1)!, size);
    const hint = stacked ? "; for a stack of vectors use .unsqueeze(-1)" : "";
    return fail(`a has ${size} rows and b has ${rows}; b must be [${size}] or [..., ${size}, k]${hint}`);
  }
  if (b.dims.length === 1) return { dims: [...batch, size], dtype };
  const batches = alignShapes(batch, b.dims.slice(0, -2));
  if ("shape" in batches) return { dims: [...batches.shape, size, b.dims.at(-1)!], dtype };
  const { axis } = batches;
  const hint = a.dims.length === b.dims.length ? "" : alignmentHint;
  return fail(`batch dims ${batch.at(axis)} and ${b.dims.slice(0, -2).at(axis)} do not broadcast${hint}`);
}

/** The b of A·X = B as floats: integers and booleans take the dtype of A, as in products and in `lstsq`. */
export function rightSides(op: string, a: Tensor, b: Tensor): Tensor {
  requireTensors(op, [a, b]);
  return isFloat(b.dtype) ? b : cast(b, promoteTypes(a.dtype, b.dtype));
}

/** A system with data: which matrix and which right-hand side make each result. */
export interface Systems {
  readonly n: number;
  readonly k: number;
  /** Matrices in a. */
  readonly count: number;
  /** Results of each matrix of a. */
  readonly each: number;
  /** The results of matrix 0, then those of matrix 1 …: the place of each, and of its right-hand side. */
  readonly results: readonly { readonly place: number; readonly rightSide: number }[];
  /** Whether results and right-hand sides are in the order of memory. */
  readonly inOrder: boolean;
}

const count = (sizes: readonly number[]): number => sizes.reduce((x, y) => x * y, 1);

/** Steps, in matrices, with which an operand with this batch walks along the axes of `shape`. */
function matrixSteps(batch: readonly number[], shape: readonly number[]): number[] {
  const steps = shape.map(() => 0);
  let step = 1;
  for (let axis = batch.length - 1; axis >= 0; axis--) {
    if (batch[axis] !== 1) steps[axis + shape.length - batch.length] = step;
    step *= batch[axis];
  }
  return steps;
}

export function planSystems(a: Tensor, b: Tensor, x: Tensor): Systems {
  const n = a.sizes.at(-1)!;
  const vector = b.ndim === 1;
  const shape = x.sizes.slice(0, vector ? -1 : -2);
  const [aBatch, bBatch] = [a.sizes.slice(0, -2), b.sizes.slice(0, -2)];
  const matrices = count(aBatch);
  const of = batchOffsets(shape, matrixSteps(aBatch, shape));
  const from = batchOffsets(shape, matrixSteps(bBatch, shape));
  const places = of.map((matrix, place) => ({ matrix, place, rightSide: from[place] }));
  const results = matrices === places.length ? places : places.toSorted((p, q) => p.matrix - q.matrix);
  return {
    n,
    k: vector ? 1 : b.sizes.at(-1)!,
    count: matrices,
    each: matrices === 0 ? 0 : places.length / matrices,
    results,
    inOrder: results.every(({ place, rightSide }, i) => place === i && rightSide === i),
  };
}

/** Solves every system in float64 by `solveOne`, which overwrites x[n, k]. */
export function solveByReference(
  op: string,
  [a, b]: readonly Tensor[],
  y: Tensor,
  solveOne: (matrix: Float64Array, n: number, x: Float64Array, k: number, index: number) => void,
): void {
  const { n, k, each, results } = planSystems(a, b, y);
  const [left, right] = [readValues(a), readValues(b)];
  requireFinite(op, b, right);
  const values = new Float64Array(y.size);
  results.forEach(({ place, rightSide }, i) => {
    const matrix = Math.floor(i / each);
    const x = right.slice(rightSide * n * k, (rightSide + 1) * n * k);
    solveOne(left.slice(matrix * n * n, (matrix + 1) * n * n), n, x, k, matrix);
    values.set(x, place * n * k);
  });
  writeValues(y, values);
  requireInRange(op, a, y);
}

/** `[4, 4]`, or `matrix [1, 0] of [2, 3, 4, 4]`. */
function nameMatrix(a: TensorSpec & { readonly sizes: readonly number[] }, index: number): string {
  if (a.dims.length === 2) return showShape(a.dims);
  return `matrix [${batchIndex(a.sizes, index).join(", ")}] of ${showShape(a.dims)}`;
}

function batchIndex(sizes: readonly number[], index: number): number[] {
  const place: number[] = [];
  for (let axis = sizes.length - 3, rest = index; axis >= 0; axis--) {
    place.unshift(rest % sizes[axis]);
    rest = Math.floor(rest / sizes[axis]);
  }
  return place;
}

/** Says that a pivot of the matrix at `index` of the batch is zero, or not positive. */
export function pivotError(
  op: string,
  a: Tensor,
  { index, pivot, value }: { readonly index: number; readonly pivot: number; readonly value: number },
): LinAlgError {
  const shown = Number(value.toPrecision(6));
  const problems: Record<string, string> = {
    cholesky: `is not positive definite: pivot ${pivot} is ${shown}; add a multiple of the identity, or use lu or eigh`,
    solveTriangular: `is singular: entry ${pivot} of its diagonal is 0; use lstsq for a least-squares solution`,
    solve: `is singular: pivot ${pivot} of its LU factorisation is 0; use lstsq for a least-squares solution`,
    inv: `is singular: pivot ${pivot} of its LU factorisation is 0; use pinv for the pseudoinverse`,
  };
  return new LinAlgError(`${op}: ${nameMatrix(a, index)} ${problems[op]}`, {
    op,
    shape: a.dims,
    matrix: batchIndex(a.sizes, index),
    pivot,
    value,
  });
}

/** Throws `LinAlgError` when a result left the range of its dtype: the matrix is all but singular, or badly scaled. */
export function requireInRange(op: string, a: Tensor, ...results: readonly Tensor[]): void {
  for (const result of results) {
    if (readValues(result).some((value) => !Number.isFinite(value))) throw overflow(op, a, result.dtype);
  }
}

export const overflow = (op: string, a: Tensor, dtype: DType): LinAlgError =>
  new LinAlgError(
    `${op}: the result for ${showShape(a.dims)} overflows ${dtype}: the matrix is nearly singular or badly scaled; ` +
      `rescale it${dtype === "float64" ? "" : " or use float64"}`,
    { op, shape: a.dims, dtype },
  );
