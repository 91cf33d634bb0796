// Elementwise ops on several operands as WASM kernels: broadcasting becomes a grid of rows and columns.
import { computeGrid, gridOps, wasmAvailable, type GridCall, type GridOperand } from "../kernels/index.js";
import { rowMajorElements } from "../op/copy.js";
import type { Kernel } from "../op/define.js";
import { broadcastStrides, forEachRow, joinAxes, readValues } from "../op/loops.js";
import { fromElements, full } from "../tensor/create.js";
import { bytesOf, isFloat, promoteTypes, type DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { cast } from "./cast/op.js";
import type { Bounds } from "./clip/reference.js";
import { float32Values, writeFloat32 } from "./wasm.js";

/** Elements of a result, and of each grid of one, from which the call costs less than the loops in JavaScript. */
const LEAST = 2048;

type Computation = Pick<GridCall, "kernel" | "op">;

/** Fills row-major data with what a kernel makes of the operands that were planned for. */
type Fill = (computation: Computation, data: GridOperand["data"]) => void;

/** How to compute operands that broadcast to `sizes` as grids; undefined where small ones do not pay. */
function planGrid(operands: readonly Tensor[], sizes: readonly number[], least = LEAST): Fill | undefined {
  if (sizes.reduce((a, b) => a * b, 1) < least) return undefined;
  let walked = operands;
  let { shape, walks } = walk(walked, sizes);
  if (!walks.every(isRegular)) {
    walked = operands.map((x, k) => (isRegular(walks[k]) ? x : compact(x)));
    ({ shape, walks } = walk(walked, sizes));
  }
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  if (rows * columns < least) return undefined;
  const steps = walks.map(({ strides }) => ({ rowStride: strides.at(-2) ?? 0, wide: strides.at(-1) === 1 }));
  const outer = walks.map(({ strides, offset }) => ({ strides: [...strides.slice(0, -2), 0], offset }));
  return (computation, data) => {
    forEachRow([...shape.slice(0, -2), rows * columns], outer, (starts, offset) => {
      computeGrid({
        ...computation,
        rows,
        columns,
        operands: walked.map((x, k) => ({ data: x.elements, offset: starts[k], ...steps[k] })),
        output: { data, offset },
      });
    });
  };
}

interface Walk {
  readonly strides: readonly number[];
  readonly offset: number;
}

function walk(operands: readonly Tensor[], sizes: readonly number[]) {
  return joinAxes(
    sizes,
    operands.map((x) => ({ strides: broadcastStrides(x, sizes), offset: x.offset })),
  );
}

/** What the kernels read as it lies: consecutive columns, or one element for them all beside that of the next row. */
function isRegular({ strides }: Walk): boolean {
  const [row, column] = [strides.at(-2) ?? 0, strides.at(-1) ?? 0];
  return column === 1 || (column === 0 && (row === 0 || row === 1));
}

const compact = (x: Tensor): Tensor => fromElements(rowMajorElements(x), x.dims, x.dtype);

/** The operand in the dtype of the arithmetic; undefined where that would round. */
function inType(x: Tensor, dtype: "float32" | "float64" | "int32"): Tensor | undefined {
  if (x.dtype === dtype) return x;
  if (dtype === "float64")
    return x.dtype === "int64" ? undefined : fromElements(readValues(x), x.dims, dtype);
  if (dtype === "int32") return undefined;
  const values = float32Values(x);
  return values && fromElements(values, x.dims, dtype);
}

const suffixes = { float32: "F32", float64: "F64", int32: "I32" } as const;

/** The dtype in which two operands of a promoted dtype are computed. */
function arithmeticType(promoted: DType): keyof typeof suffixes | undefined {
  if (promoted === "float16" || promoted === "bfloat16") return "float32";
  return promoted === "float32" || promoted === "float64" || promoted === "int32" ? promoted : undefined;
}

/** Both operands in the dtype of their arithmetic, and how to combine them; undefined for what the engine leaves. */
function planPair(a: Tensor, b: Tensor, { sizes, size }: Tensor, least = LEAST) {
  const dtype = size >= least && wasmAvailable() ? arithmeticType(promoteTypes(a.dtype, b.dtype)) : undefined;
  if (dtype === undefined) return undefined;
  const [left, right] = [inType(a, dtype), inType(b, dtype)];
  const compute = left && right && planGrid([left, right], sizes, least);
  return compute && { compute, dtype, suffix: suffixes[dtype] };
}

/** Arithmetic on two operands. The results have the bits of the reference: both round once. */
export const arithmeticKernel =
  (name: "add" | "sub" | "mul" | "div" | "maximum" | "minimum"): Kernel<undefined> =>
  ([a, b], [y]) => {
    const plan = planPair(a, b, y);
    if (plan === undefined || (plan.dtype === "int32" && name === "div")) return false;
    const computation = { kernel: `combine${plan.suffix}`, op: gridOps[name] } as const;
    if (plan.dtype !== "float32") plan.compute(computation, y.elements);
    else writeFloat32(y, (values) => plan.compute(computation, values));
  };

/** Powers and remainders of floats, from `least` elements on. Remainders have the bits of the reference. */
export const composedKernel =
  (name: "pow" | "remainder", least = LEAST): Kernel<undefined> =>
  ([a, b], [y]) => {
    const plan = planPair(a, b, y, least);
    if (plan === undefined || plan.dtype === "int32") return false;
    const computation = {
      kernel: plan.dtype === "float64" ? "composeF64" : "composeF32",
      op: gridOps[name],
    } as const;
    if (plan.dtype !== "float32") plan.compute(computation, y.elements);
    else writeFloat32(y, (values) => plan.compute(computation, values));
  };

type Comparison = "eq" | "ne" | "lt" | "le" | "isfinite";

function compare(name: Comparison, a: Tensor, b: Tensor, y: Tensor): void | false {
  const plan = planPair(a, b, y);
  if (plan === undefined) return false;
  plan.compute({ kernel: `test${plan.suffix}`, op: gridOps[name] }, y.elements);
}

/** A comparison of two operands; with `swapped`, of the second with the first. */
export const comparisonKernel =
  (name: Comparison, swapped = false): Kernel<undefined> =>
  ([a, b], [y]) =>
    swapped ? compare(name, b, a, y) : compare(name, a, b, y);

/** A test of each element by comparing it with itself. */
export const selfKernel =
  (name: "ne" | "isfinite"): Kernel<undefined> =>
  ([x], [y]) =>
    isFloat(x.dtype) && compare(name, x, x, y);

const zero = ({ dtype }: Tensor): Tensor => full([], 0, { dtype });

/** Truth values as bytes; undefined where the engine does not make them. */
function asBytes(x: Tensor): Tensor | undefined {
  if (x.dtype === "bool" || x.dtype === "uint8") return x;
  const truth = fromElements(new Uint8Array(x.size), x.dims, "bool");
  return compare("ne", x, zero(x), truth) === false ? undefined : truth;
}

export const logicKernel =
  (name: "and" | "or" | "xor"): Kernel<undefined> =>
  ([a, b], [y]) => {
    if (y.size < LEAST || !wasmAvailable()) return false;
    const [left, right] = [asBytes(a), asBytes(b)];
    const fill = left && right && planGrid([left, right], y.sizes);
    if (fill === undefined) return false;
    fill({ kernel: "logicGrid", op: gridOps[name] }, y.elements);
  };

/** Not x, as x ≠ 0 exclusive-or true. */
export const logicalNotWasm: Kernel<undefined> = ([x], outputs) =>
  logicKernel("xor")([x, full([], 1, { dtype: "bool" })], outputs, undefined);

/** Elements are moved as they are stored, whatever their type. */
export const whereWasm: Kernel<undefined> = ([condition, a, b], [y]) => {
  if (y.size < LEAST || !wasmAvailable()) return false;
  const choice = asBytes(condition);
  const fill = choice && planGrid([choice, cast(a, y.dtype), cast(b, y.dtype)], y.sizes);
  if (fill === undefined) return false;
  fill({ kernel: `select${(8 * bytesOf(y.dtype)) as 8 | 16 | 32 | 64}` }, y.elements);
};

/** One pass per bound. The bounds are rounded to the dtype of x, which changes no result. */
export const clipWasm: Kernel<Bounds> = ([x], [y], { low, high }) => {
  if (!isFloat(x.dtype)) return false;
  const bound = (value: number): Tensor => full([], value, { dtype: x.dtype });
  const raise = arithmeticKernel("maximum"),
    lower = arithmeticKernel("minimum");
  if (low === -Infinity) return lower([x, bound(high)], [y], undefined);
  if (raise([x, bound(low)], [y], undefined) === false) return false;
  if (high !== Infinity) return lower([y, bound(high)], [y], undefined);
};
